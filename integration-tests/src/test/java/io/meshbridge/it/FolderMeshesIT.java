package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two meshes that are folders, and one bridge between them. */
final class FolderMeshesIT {
  @RegisterExtension private static final BrokerExtension KAFKA = new BrokerExtension();

  @Test
  void carriesWhateverChangesFromEitherMeshToTheOther() throws Exception {
    try (var federation = Federation.ofFolders(KAFKA.broker(), "carries")) {
      var east = federation.east();
      var west = federation.west();
      federation.put(east, Shop.of("reviews", 9080, "10.1.0.1").with("10.1.0.2", true));
      federation.put(west, Shop.of("stock", 7070, "10.2.0.1").with("10.2.0.2", true));
      federation.startReady(federation.bridge("bridge"));
      federation.awaitConvergence();

      // A port, health, more and fewer instances, a service that comes and one that goes.
      federation.put(east, Shop.of("reviews", 9081, "10.1.0.1").with("10.1.0.2", true));
      federation.put(west, Shop.of("stock", 7071, "10.2.0.1").with("10.2.0.2", true));
      federation.awaitConvergence();
      federation.put(east, Shop.of("reviews", 9081, "10.1.0.1").with("10.1.0.2", false));
      federation.put(west, Shop.of("stock", 7071, "10.2.0.1").with("10.2.0.2", false));
      federation.awaitConvergence();
      federation.put(east, Shop.of("reviews", 9081, "10.1.0.1").with("10.1.0.3", true));
      federation.put(west, Shop.of("stock", 7071, "10.2.0.1"));
      federation.put(east, Shop.of("ratings", 9090, "10.1.0.9"));
      federation.awaitConvergence();
      federation.remove(east, "reviews");
      federation.remove(west, "stock");
      federation.awaitConvergence();
    }
  }

  @Test
  void aMeshWhoseLastServiceIsCriticalEverywhereIsImportedWithoutTraffic() throws Exception {
    try (var federation = Federation.ofFolders(KAFKA.broker(), "degraded")) {
      // Given
      federation.put(federation.east(), Shop.of("reviews", 9080, "10.1.0.1"));
      federation.put(federation.west(), Shop.of("stock", 7070, "10.2.0.1"));
      var bridge = federation.startReady(federation.bridge("bridge"));
      federation.awaitConvergence();

      // When
      federation.put(
          federation.east(), Shop.of("reviews", 9080, "10.1.0.1").with("10.1.0.1", false));
      federation.put(federation.west(), Shop.of("stock", 7070, "10.2.0.1").with("10.2.0.1", false));

      // Then
      federation.awaitConvergence();
      await()
          .atMost(Federation.CONVERGENCE)
          .untilAsserted(
              () ->
                  assertThat(bridge.rest().imports("state=Degraded"))
                      .extracting(entry -> entry.at("/service/name").asText())
                      .containsExactlyInAnyOrder("reviews", "stock"));
    }
  }

  @Test
  void anImportIsNeverExportedBack() throws Exception {
    try (var federation = Federation.ofFolders(KAFKA.broker(), "no-loops")) {
      // Given: each mesh holds the other's service, and its operators copy what they find there to
      // their own objects and mark it for export.
      var east = federation.east();
      var west = federation.west();
      federation.put(east, Shop.of("reviews", 9080, "10.1.0.1"));
      federation.put(west, Shop.of("stock", 7070, "10.2.0.1"));
      federation.startReady(federation.bridge("bridge"));
      federation.awaitConvergence();
      var entry = onlyImport(((IstioFolderRig) east).files());
      var registration = onlyImport(((ConsulFolderRig) west).files());

      // When
      ((IstioFolderRig) east)
          .files()
          .write(
              "copied.yaml",
              entry.replaceFirst("labels:\n", "labels:\n    meshbridge.io/export: \"true\"\n"));
      ((ConsulFolderRig) west)
          .files()
          .write(
              "copied.json",
              registration.replaceFirst(
                  "\"Meta\" ?: ?\\{", "\"Meta\": {\"meshbridge-export\": \"true\","));
      federation.put(east, Shop.of("ratings", 9090, "10.1.0.9"));
      federation.put(west, Shop.of("prices", 7090, "10.2.0.9"));

      // Then: what was written after the copies has travelled, and only that.
      federation.awaitConvergence();
      assertThat(exportKeys(federation, east))
          .containsExactlyInAnyOrder("v1/export/shop/reviews", "v1/export/shop/ratings");
      assertThat(exportKeys(federation, west))
          .containsExactlyInAnyOrder("v1/export/default/stock", "v1/export/default/prices");
    }
  }

  @Test
  void whatARetiredMemberOfferedIsWithdrawnFromTheOthers() throws Exception {
    try (var federation = Federation.ofFolders(KAFKA.broker(), "retired")) {
      // Given
      federation.put(federation.east(), Shop.of("reviews", 9080, "10.1.0.1"));
      federation.put(federation.west(), Shop.of("stock", 7070, "10.2.0.1"));
      federation.startReady(federation.bridge("bridge"));
      federation.awaitConvergence();

      // When
      var command =
          Command.run(
              federation.folder(),
              federation.configuration(),
              "members",
              "retire",
              "west",
              "--yes");

      // Then
      assertThat(command.exitCode()).as(command.output()).isZero();
      await()
          .atMost(Federation.CONVERGENCE)
          .untilAsserted(() -> assertThat(federation.east().imports()).isEmpty());
    }
  }

  @Test
  void aRestartWritesNoFileAndNoRecordButHeartbeats() throws Exception {
    try (var federation = Federation.ofFolders(KAFKA.broker(), "restart")) {
      // Given: a federation at rest
      for (int i = 0; i < 20; i++) {
        federation.put(federation.east(), Shop.of("e" + i, 9000 + i, "10.1.0." + (i + 1)));
        federation.put(federation.west(), Shop.of("w" + i, 7000 + i, "10.2.0." + (i + 1)));
      }
      var spec = federation.bridgeToRestart("bridge");
      var first = federation.startReady(spec);
      federation.awaitConvergence();
      Rest.await(federation, first);
      var facts = federation.facts();
      var stamps = stamps(federation);

      // When
      first.kill();
      var second =
          federation.startReady(
              spec.with(spec.configuration().with("meshbridge.bridge-id", "second")));

      // Then
      Rest.awaitHeartbeatsOf(federation, "second");
      Rest.await(federation, second);
      await()
          .during(Duration.ofSeconds(3))
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () -> {
                assertThat(federation.facts()).isEqualTo(facts);
                assertThat(stamps(federation)).isEqualTo(stamps);
              });
      // And it is alive, not merely silent.
      federation.put(federation.east(), Shop.of("late", 9999, "10.1.1.1"));
      federation.awaitConvergence();
    }
  }

  @Test
  void isKilledInTheMiddleOf500ChangesAndEndsWhereTheOracleSays() throws Exception {
    try (var federation = Federation.ofFolders(KAFKA.broker(), "killed")) {
      // Given
      var spec = federation.bridge("bridge");
      var first = federation.startReady(spec);
      var changes = new ChangeScript(20261122L, 40);

      // When
      for (int i = 0; i < 250; i++) {
        changes.next(federation);
      }
      first.kill();
      for (int i = 250; i < 500; i++) {
        changes.next(federation);
      }
      federation.startReady(spec);

      // Then
      federation.awaitConvergence();
    }
  }

  /** The one object that stands for the import, beside what says which protocol it speaks. */
  private static String onlyImport(FolderFiles files) throws IOException {
    var objects =
        files.importTexts().stream()
            .filter(text -> !text.contains("\"Kind\": \"service-defaults\""))
            .toList();
    assertThat(objects).hasSize(1);
    return objects.getFirst();
  }

  private static Map<String, Map<String, String>> stamps(Federation federation) throws IOException {
    var stamps = new TreeMap<String, Map<String, String>>();
    stamps.put("east", ((IstioFolderRig) federation.east()).files().importStamps());
    stamps.put("west", ((ConsulFolderRig) federation.west()).files().importStamps());
    return stamps;
  }

  private static Iterable<String> exportKeys(Federation federation, MeshRig mesh) {
    return federation.meshTopic(mesh).facts().stream()
        .map(Topic.Entry::key)
        .filter(key -> key.startsWith("v1/export/"))
        .distinct()
        .toList();
  }
}
