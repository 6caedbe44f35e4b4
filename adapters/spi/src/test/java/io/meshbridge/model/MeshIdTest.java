package io.meshbridge.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeshIdTest {
  private static final String LONGEST =
      "a23456789-123456789-123456789-123456789-123456789-123456789-123";

  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "istio-a", "a--b", LONGEST})
  void takesDnsLabels(String value) {
    assertThat(new MeshId(value)).hasToString(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "-a",
        "a-",
        "A",
        "a.b",
        "a_b",
        "a b",
        "a\n",
        "\u00e4",
        "a,b",
        LONGEST + "4"
      })
  void refusesEverythingElseAndSaysWhat(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MeshId(value))
        .withMessageContaining("'" + value + "'");
  }
}
