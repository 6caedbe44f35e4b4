package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshbridge.demo.Demo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer sees first. */
final class DemoIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @TempDir private Path folder;
  private Path output;
  private Path errors;

  @BeforeEach
  void nameFiles() {
    output = folder.resolve("output");
    errors = folder.resolve("errors");
  }

  @Test
  void onceEndsAfterAllSixWaysAndLeavesNothingBehind() throws Exception {
    var demo = start("--once");

    assertThat(demo.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

    assertThat(demo.exitValue()).as(Files.readString(errors)).isZero();
    assertTravelledAllSixWays(summary());
    assertThat(workFolders()).isEmpty();
  }

  @Test
  void aRealConsulAgentCanTakeTheFoldersPlace() throws Exception {
    var demo = start("--once", "--consul");

    assertThat(demo.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

    assertThat(demo.exitValue()).as(Files.readString(errors)).isZero();
    var summary = summary();
    assertTravelledAllSixWays(summary);
    assertThat(summary.at("/changes/1/file").asText()).startsWith("http://");
    assertThat(workFolders()).isEmpty();
  }

  @Test
  void staysUntilItIsToldToEndAndThenLeavesNothingBehind() throws Exception {
    // Given
    var demo = start();
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(Files.readString(output)).contains("Ctrl-C ends"));
    var children = demo.descendants().toList();
    assertThat(children).hasSizeGreaterThanOrEqualTo(2);
    assertThat(workFolders()).hasSize(1);

    // When: as a terminal or a service manager does
    demo.destroy();

    // Then
    assertThat(demo.waitFor(30, TimeUnit.SECONDS)).isTrue();
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
    assertThat(workFolders()).isEmpty();
  }

  @Test
  void nothingOutlivesADemoThatIsKilled() throws Exception {
    // Given
    var demo = start();
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(Files.readString(output)).contains("Ctrl-C ends"));
    var children = demo.descendants().toList();

    // When
    demo.destroyForcibly();

    // Then
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void saysWhatIsWrongWithTheCommandLine() throws Exception {
    var demo = start("--twice");

    assertThat(demo.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

    assertThat(demo.exitValue()).isEqualTo(2);
    assertThat(Files.readString(errors)).contains("'--twice'").contains("Usage:");
  }

  private Process start(String... options) throws IOException {
    var arguments =
        new ArrayList<>(
            List.of(
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path", ""),
                Demo.class.getName(),
                "--app",
                Federation.application().toString(),
                "--examples",
                System.getProperty("meshbridge.it.examples", "")));
    arguments.addAll(List.of(options));
    return new ProcessBuilder(JavaCommand.with("256m", StartArchive.options(), arguments))
        .redirectOutput(output.toFile())
        .redirectError(errors.toFile())
        .start();
  }

  /** The whole of standard output is one JSON object. */
  private JsonNode summary() throws IOException {
    return JSON.readTree(Files.readString(output));
  }

  private static void assertTravelledAllSixWays(JsonNode summary) {
    assertThat(summary.path("ok").asBoolean()).isTrue();
    assertThat(summary.path("changes"))
        .extracting(change -> change.path("from").asText() + " to " + change.path("to").asText())
        .containsExactly(
            "istio-east to linkerd-north",
            "istio-east to consul-west",
            "linkerd-north to istio-east",
            "linkerd-north to consul-west",
            "consul-west to istio-east",
            "consul-west to linkerd-north");
    assertThat(summary.path("changes")).allMatch(change -> change.path("ms").asLong() >= 0);
    assertThat(summary.path("api").asText()).startsWith("http://127.0.0.1:");
  }

  private List<Path> workFolders() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith("meshbridge-")).toList();
    }
  }
}
