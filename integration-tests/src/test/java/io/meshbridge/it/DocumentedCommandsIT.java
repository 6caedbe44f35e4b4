package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.it.DocumentationPage.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every command that the documentation shows runs as it stands there, or says why it cannot be run
 * here. The blocks of a page run in their order, in one folder, with the files that the page shows.
 */
final class DocumentedCommandsIT {
  @RegisterExtension private static final BrokerExtension KAFKA = new BrokerExtension();

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Set<String> NOT_OURS = Set.of("target", ".git", ".cache", "node_modules");
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @Test
  void standInBlocksThatAreMarkedAsCommands() throws IOException {
    for (Path page : pages()) {
      assertThat(DocumentationPage.read(page).strayCommands())
          .as("commands outside of blocks of sh in %s", ROOT.relativize(page))
          .isEmpty();
    }
  }

  @TestFactory
  Stream<DynamicTest> runAsTheyStandThere() throws IOException {
    var tests = new ArrayList<DynamicTest>();
    for (Path file : pages()) {
      var page = DocumentationPage.read(file);
      if (page.commands().stream().anyMatch(Block::runs)) {
        var name = ROOT.relativize(file).toString();
        tests.add(DynamicTest.dynamicTest(name, () -> run(name, page)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(2);
    return tests.stream();
  }

  private static void run(String name, DocumentationPage page)
      throws IOException, InterruptedException {
    var folder = Federation.workFolder("docs-" + name.replace('/', '-'));
    Files.createSymbolicLink(folder.resolve("examples"), ROOT.resolve("examples"));
    Files.createSymbolicLink(folder.resolve("k8s"), ROOT.resolve("k8s"));
    writeLauncher(folder.resolve("meshbridge"));
    for (var file : page.files().entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
    for (Block block : page.commands()) {
      if (block.runs()) {
        run(folder, name, block);
      }
    }
  }

  private static void run(Path folder, String name, Block block)
      throws IOException, InterruptedException {
    var log = folder.resolve("line-" + block.line() + ".log");
    try (var process =
        ChildProcess.start(
            List.of("bash", "-c", "cd '%s'\nset -euo pipefail\n%s".formatted(folder, block.text())),
            Map.of("KAFKA_BOOTSTRAP_SERVERS", KAFKA.broker().bootstrapServers()),
            log)) {
      assertThat(process.awaitExit(LIMIT)).as("%s:%d ends", name, block.line()).isTrue();
      assertThat(process.exitCode())
          .as("%s:%d\n%s\n%s", name, block.line(), block.text(), process.log())
          .isZero();
    }
  }

  /** Like the project's own, but for what is built; and findings are no failure of the docs. */
  private static void writeLauncher(Path file) throws IOException {
    Files.writeString(
        file,
        """
        #!/usr/bin/env bash
        code=0
        %s "$@" || code=$?
        case $code:$1 in
          1:translate | 1:diff | 1:explain | 1:doctor) exit 0 ;;
          *) exit $code ;;
        esac
        """
            .formatted(
                String.join(
                    " ",
                    ApplicationCommand.of(
                        Federation.application(),
                        "256m",
                        CallRecording.flagsOfBridges(),
                        List.of(),
                        List.of()))));
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static List<Path> pages() throws IOException {
    try (var files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(
              file -> Stream.of(ROOT.relativize(file)).noneMatch(DocumentedCommandsIT::isForeign))
          .sorted()
          .toList();
    }
  }

  private static boolean isForeign(Path relative) {
    for (Path part : relative) {
      if (NOT_OURS.contains(part.toString())) {
        return true;
      }
    }
    return false;
  }
}
