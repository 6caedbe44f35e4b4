package io.meshbridge.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceKeyTest {
  private static final MeshId MESH = new MeshId("west");

  @ParameterizedTest
  @ValueSource(strings = {"reviews", "Reviews_v2", "a/b", "\u6f22\u5b57", "'; --"})
  void takesNamesInAnyMeshsSpelling(String name) {
    assertThat(new ServiceKey(MESH, name, name)).hasToString("west/" + name + "/" + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t", "a\u0000b", "a\nb", "a\u007fb"})
  void refusesNamesThatCannotBeSeen(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> new ServiceKey(MESH, name, "web"));
    assertThatIllegalArgumentException().isThrownBy(() -> new ServiceKey(MESH, "shop", name));
  }

  @Test
  void keepsControlCharactersOutOfItsMessage() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ServiceKey(MESH, "shop", "a\nforged=line"))
        .withMessageContaining("'a?forged=line'");
  }

  @Test
  void limitsTheLengthOfNames() {
    var longest = "n".repeat(253);

    assertThat(new ServiceKey(MESH, longest, longest).name()).isEqualTo(longest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ServiceKey(MESH, "shop", longest + "n"))
        .withMessageContaining("254");
  }

  @Test
  void sortsByMeshThenNamespaceThenName() {
    var first = new ServiceKey(new MeshId("east"), "z", "z");
    var second = new ServiceKey(MESH, "a", "z");
    var third = new ServiceKey(MESH, "b", "a");
    var fourth = new ServiceKey(MESH, "b", "b");

    assertThat(List.of(fourth, second, third, first).stream().sorted())
        .containsExactly(first, second, third, fourth);
  }
}
