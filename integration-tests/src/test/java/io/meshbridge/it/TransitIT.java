package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What happens to an import that its mesh's people mark for export again. */
final class TransitIT {
  @RegisterExtension private static final BrokerExtension KAFKA = new BrokerExtension();

  @Test
  void anImportThatIsMarkedGoesNowhereUnlessTransitIsAllowed() throws Exception {
    try (var three = Folders.start("no-transit")) {
      // Given
      var federation = three.federation();
      federation.put(three.east(), Shop.of("reviews", 9080, "10.1.0.1"));
      federation.startReady(federation.bridge("bridge"));
      federation.awaitConvergence();

      // When
      three.markInWest("reviews-east");
      three.markInNorth("reviews-east");
      federation.put(three.west(), Shop.of("stock", 7070, "10.2.0.1"));
      federation.put(three.north(), Shop.of("search", 8080, "10.3.0.1"));

      // Then: what was offered after it has travelled, and it has not.
      federation.awaitConvergence();
      assertThat(exportKeys(federation, three.west())).containsOnly("v1/export/default/stock");
      assertThat(exportKeys(federation, three.north())).containsOnly("v1/export/yard/search");
    }
  }

  @Test
  void withTransitThePathGrowsAndNeverReturns() throws Exception {
    try (var three = Folders.start("transit")) {
      // Given: west and north pass on what they are asked to
      var federation = three.federation();
      federation.put(three.east(), Shop.of("reviews", 9080, "10.1.0.1"));
      var spec = federation.bridge("bridge");
      var configuration =
          spec.configuration()
              .with("meshbridge.meshes.west.transit", "true")
              .with("meshbridge.meshes.north.transit", "true");
      var bridge = federation.startReady(spec.with(configuration));
      federation.awaitConvergence();

      // When
      three.markInWest("reviews-east");

      // Then: it goes one mesh further, under the name of the mesh that passed it on, and not back
      await()
          .atMost(Federation.CONVERGENCE)
          .untilAsserted(
              () ->
                  assertThat(three.north().imports())
                      .anyMatch(line -> line.startsWith("reviews-east-west.default ")));
      assertThat(pathOf(bridge, "west", "reviews-east")).isEqualTo("[\"east\",\"west\"]");

      // And when: that mesh passes it on as well
      three.markInNorth("reviews-east-west");

      // Then: everybody has had it
      await()
          .atMost(Federation.CONVERGENCE)
          .untilAsserted(
              () ->
                  assertThat(pathOf(bridge, "north", "reviews-east-west"))
                      .isEqualTo("[\"east\",\"west\",\"north\"]"));
      assertThat(three.east().imports()).isEmpty();
      assertThat(bridge.rest().imports(""))
          .extracting(TransitIT::way)
          .containsExactlyInAnyOrder("east to north", "east to west", "west to north");
    }
  }

  private static String way(JsonNode entry) {
    return entry.at("/service/mesh").asText() + " to " + entry.path("target").asText();
  }

  private static String pathOf(BridgeProcess bridge, String mesh, String service)
      throws IOException, InterruptedException {
    return bridge.rest().services("mesh=" + mesh + "&name=" + service).stream()
        .map(found -> found.path("path").toString())
        .findFirst()
        .orElse("not offered");
  }

  private static List<String> exportKeys(Federation federation, MeshRig mesh) {
    return federation.meshTopic(mesh).facts().stream()
        .map(Topic.Entry::key)
        .filter(key -> key.startsWith("v1/export/"))
        .distinct()
        .toList();
  }

  /** Three meshes that are folders: east an Istio, west a Consul, north a Linkerd. */
  private record Folders(
      Federation federation, IstioFolderRig east, ConsulFolderRig west, LinkerdFolderRig north)
      implements AutoCloseable {
    static Folders start(String name) throws IOException {
      var folder = Federation.workFolder(name);
      var east = new IstioFolderRig("east", folder.resolve("east"));
      var west = new ConsulFolderRig("west", folder.resolve("west"));
      var north = new LinkerdFolderRig("north", folder.resolve("north"));
      var federation = new Federation(KAFKA.broker(), name, folder, east, west, north);
      return new Folders(federation, east, west, north);
    }

    /** Somebody takes what the bridge wrote into their own files, and offers it. */
    void markInWest(String service) throws IOException {
      west.files()
          .write(
              "marked.json",
              importOf(west.files(), service)
                  .replaceFirst("\"Meta\" ?: ?\\{", "\"Meta\": {\"meshbridge-export\": \"true\","));
    }

    void markInNorth(String service) throws IOException {
      // After the bridge's own folder, so that of two objects of one name this one is read.
      north
          .files()
          .write(
              "zz-marked.yaml",
              importOf(north.files(), "  name: " + service + "\n")
                  .replaceFirst("labels:\n", "labels:\n    meshbridge.io/export: \"true\"\n"));
    }

    /** The object that stands for the service itself, not one of its endpoints or its protocol. */
    private static String importOf(FolderFiles files, String trace) throws IOException {
      return files.importTexts().stream()
          .filter(text -> text.contains(trace) && !text.contains("kind: EndpointSlice"))
          .filter(text -> !text.contains("\"Kind\": \"service-defaults\""))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no import of " + trace));
    }

    @Override
    public void close() {
      federation.close();
    }
  }
}
