package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * Waits until a federation has come to rest, so that "nothing happens" can be told from "not yet".
 */
final class Rest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private Rest() {}

  /** The bridge leads and reads all its meshes, no import waits, and no record is added. */
  static void await(Federation federation, BridgeProcess bridge) {
    awaitMeshes(bridge);
    Awaitility.await("no import waits")
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(bridge.rest().imports("state=Pending")).isEmpty());
    var quiet = new Quiet(federation);
    Awaitility.await("no record is added")
        .pollInterval(Duration.ofMillis(200))
        .during(Duration.ofSeconds(2))
        .atMost(LIMIT)
        .until(quiet::holds);
  }

  private static void awaitMeshes(BridgeProcess bridge) {
    Awaitility.await("the bridge leads its meshes")
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(bridge.rest().meshes())
                    .isNotEmpty()
                    .allSatisfy(
                        mesh -> {
                          assertThat(mesh.path("role").asText()).isEqualTo("leader");
                          assertThat(mesh.path("source").asText()).isEqualTo("live");
                        }));
  }

  /** Waits until this bridge gives signs of life for all meshes. */
  static void awaitHeartbeatsOf(Federation federation, String bridgeId) {
    for (MeshRig mesh : federation.meshes()) {
      Awaitility.await("heartbeats of " + bridgeId + " for " + mesh.id())
          .atMost(LIMIT)
          .until(() -> heartbeats(federation.meshTopic(mesh), bridgeId) >= 2);
    }
  }

  private static long heartbeats(Topic topic, String bridgeId) {
    return topic.entries().stream()
        .filter(Topic.Entry::isHeartbeat)
        .filter(entry -> entry.value().contains("\"" + bridgeId + "\""))
        .count();
  }

  /** Whether the topics hold what they held when it was last asked. */
  private static final class Quiet {
    private final Federation federation;
    private Object last = "";

    Quiet(Federation federation) {
      this.federation = federation;
    }

    boolean holds() {
      var now = federation.facts();
      boolean same = now.equals(last);
      last = now;
      return same;
    }
  }
}
