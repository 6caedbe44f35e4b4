package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A mesh that leaves is as it was before, and so are the others. */
final class LeaveIT {
  @RegisterExtension private static final BrokerExtension KAFKA = new BrokerExtension();

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int MANY = 30;

  @Test
  void aMeshThatLeavesTakesItsExportsAndItsImportsWithItAndComesBack() throws Exception {
    try (var federation = Federation.ofFolders(KAFKA.broker(), "leave")) {
      // Given: more than the guard lets go
      for (int i = 0; i < MANY; i++) {
        federation.put(federation.east(), Shop.of("e" + i, 9000 + i, "10.1.0." + (i + 1)));
        federation.put(federation.west(), Shop.of("w" + i, 7000 + i, "10.2.0." + (i + 1)));
      }
      var before = files(federation);
      var east = federation.startReady(federation.bridge("east", List.of(federation.east())));
      federation.startReady(federation.bridge("west", List.of(federation.west())));
      federation.awaitConvergence();

      // When
      var left = operate(federation, "leave", "east", "--yes", "--reason", "moves");

      // Then
      assertThat(left.exitCode()).as(left.output()).isZero();
      await("all is as it was")
          .atMost(SOON)
          // Files go while they are listed.
          .ignoreExceptionsMatching(
              gone -> gone instanceof IOException || gone instanceof UncheckedIOException)
          .untilAsserted(() -> assertThat(files(federation)).isEqualTo(before));
      await("nothing is exported")
          .atMost(SOON)
          .untilAsserted(() -> assertThat(east.rest().services("mesh=east")).isEmpty());

      // And it stays away, whatever it is restarted for
      east.kill();
      federation.startReady(federation.bridge("east-2", List.of(federation.east())));
      federation.put(federation.west(), Shop.of("late", 7999, "10.2.1.1"));
      federation.remove(federation.west(), "late");
      await()
          .during(Duration.ofSeconds(3))
          .atMost(Duration.ofSeconds(8))
          .untilAsserted(() -> assertThat(files(federation)).isEqualTo(before));

      // When
      var back = operate(federation, "leave", "east", "--undo", "--reason", "is back");

      // Then
      assertThat(back.exitCode()).as(back.output()).isZero();
      federation.awaitConvergence();
    }
  }

  /** Every file of every mesh, by its path. */
  private static SortedMap<String, String> files(Federation federation) throws IOException {
    var texts = new TreeMap<String, String>();
    for (MeshRig mesh : federation.meshes()) {
      var folder = federation.folder().resolve(mesh.id());
      try (var files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          texts.put(federation.folder().relativize(file).toString(), Files.readString(file));
        }
      }
    }
    return texts;
  }

  private static Command operate(Federation federation, String... arguments)
      throws IOException, InterruptedException {
    return Command.run(federation.folder(), federation.configuration(), arguments);
  }
}
