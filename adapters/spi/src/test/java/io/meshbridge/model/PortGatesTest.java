package io.meshbridge.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortGatesTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 80, 65_535})
  void takesEveryPortNumber(int number) {
    assertThat(new ServicePort("http", number, AppProtocol.HTTP).number()).isEqualTo(number);
    assertThat(Endpoint.ready("10.0.0.1", Map.of("http", number)).ports())
        .containsEntry("http", number);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 65_536, Integer.MAX_VALUE})
  void refusesNumbersThatAreNoPortAndNamesThePort(int number) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ServicePort("http", number, AppProtocol.HTTP))
        .withMessageContaining("'http'")
        .withMessageContaining(Integer.toString(number));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.ready("10.0.0.1", Map.of("http", number)))
        .withMessageContaining("10.0.0.1")
        .withMessageContaining(Integer.toString(number));
  }

  @Test
  void refusesPortsWithoutNameOrWithAnEndlessOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ServicePort(" ", 80, AppProtocol.TCP));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ServicePort("p".repeat(64), 80, AppProtocol.TCP));
  }
}
