package io.meshbridge.fourth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meshbridge.cli.BridgeRunner;
import io.meshbridge.config.Adapters;
import io.meshbridge.config.BridgeConfig;
import io.meshbridge.config.ConfigLoader;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A catalog of names and a folder of Consul's registrations, joined by a real bridge and broker.
 */
@QuarkusTest
@TestProfile(CatalogBuild.class)
class FourthMeshTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @Inject BridgeRunner bridge;
  @Inject Adapters adapters;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String brokers;

  @TempDir Path home;

  @Test
  void joinsAFederationAndItsServicesTravelBothWays() throws Exception {
    // Given
    var names = new CatalogFile(home.resolve("names"));
    names.write(List.of(new CatalogLine("books 10.1.0.1 8080 export")));
    var consul = Files.createDirectory(home.resolve("consul"));
    Files.writeString(
        consul.resolve("cart.json"),
        """
        {"Name": "cart", "Address": "10.2.0.1", "Port": 9090,
         "Meta": {"meshbridge-export": "true"}}
        """);
    assertThat(adapters.kinds()).contains("catalog");

    // When
    var running = Thread.ofPlatform().daemon().start(() -> run(config(names, consul)));
    try {
      // Then: a name of the catalog is an instance in Consul
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(textIn(consul.resolve("meshbridge")))
                      .contains("\"books-names\"", "\"10.1.0.1\"", "8080"));
      // Then: a service of Consul is a name in the catalog
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(names.read())
                      .extracting(CatalogLine::text)
                      .anyMatch(line -> line.startsWith("cart-west 10.2.0.1 9090 ")));

      // When: both are withdrawn, Then: both go
      names.write(names.read().stream().filter(line -> !line.name().equals("books")).toList());
      Files.delete(consul.resolve("cart.json"));
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                assertThat(textIn(consul.resolve("meshbridge"))).isEmpty();
                assertThat(names.read()).isEmpty();
              });
    } finally {
      running.interrupt();
      running.join();
    }
  }

  private void run(BridgeConfig config) {
    try {
      bridge.run(config);
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
    }
  }

  private BridgeConfig config(CatalogFile names, Path consul) {
    var values =
        Map.of(
            "meshbridge.federation", CatalogBuild.FEDERATION,
            "meshbridge.membership.automatic", "true",
            "meshbridge.meshes.names.kind", "catalog",
            "meshbridge.meshes.names.settings.file", names.path().toString(),
            "meshbridge.meshes.names.settings.interval", "50ms",
            "meshbridge.meshes.west.kind", "consul",
            "meshbridge.meshes.west.backend", "files",
            "meshbridge.meshes.west.settings.path", consul.toString(),
            "kafka.bootstrap.servers", brokers);
    var config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(new PropertiesConfigSource(values, "test", 100))
            .build();
    return new ConfigLoader(adapters.known(), "test").load(config);
  }

  private static String textIn(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return "";
    }
    try (var files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(FourthMeshTest::textOf)
          .collect(Collectors.joining());
    }
  }

  private static String textOf(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException gone) {
      return "";
    }
  }
}
