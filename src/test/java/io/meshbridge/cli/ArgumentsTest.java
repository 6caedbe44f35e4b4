package io.meshbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  @Test
  void servesOnlyForRun() {
    assertThat(new Arguments("run").serves()).isTrue();
    assertThat(new Arguments("run", "-c", "a.yaml").serves()).isTrue();
    assertThat(new Arguments("run", "--help").serves()).isFalse();
    assertThat(new Arguments("translate", "-f", "run").serves()).isFalse();
    assertThat(new Arguments().serves()).isFalse();
  }

  @Test
  void findsConfigurationFilesInTheirOrder() {
    var arguments = new Arguments("run", "--config=a", "-c", "b", "--config", "c", "-c");

    assertThat(arguments.configFiles()).containsExactly(Path.of("a"), Path.of("b"), Path.of("c"));
  }
}
