package io.meshbridge.adapter.consul;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.Location;
import io.meshbridge.spi.Document;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EntryReferencesTest {
  @Test
  void callsEntriesOfTheHttpApiByKindAndName() {
    assertThat(
            referencesOf(
                List.of(
                    Map.of("Kind", "service-router", "Name", "web"),
                    Map.of("kind", "service-splitter", "name", "api", "namespace", "shop"),
                    Map.of("Kind", "service-defaults", "Name", "web", "Namespace", "default"))))
        .containsExactly("service-defaults web", "service-router web", "service-splitter shop/api");
  }

  @Test
  void callsResourcesOfKubernetesByTheirNamespaceToo() {
    assertThat(
            referencesOf(
                List.of(
                    Map.of(
                        "apiVersion",
                        "consul.hashicorp.com/v1alpha1",
                        "kind",
                        "ServiceRouter",
                        "metadata",
                        Map.of("name", "web", "namespace", "shop")))))
        .containsExactly("ServiceRouter shop/web");
  }

  @Test
  void passesOverWhatIsNoEntry() {
    assertThat(referencesOf(List.of(Map.of("Name", "web", "Port", 80)))).isEmpty();
    assertThat(
            referencesOf(List.of(Map.of("Kind", "ingress-gateway", "Name", "edge", "Port", 8443))))
        .as("an instance of a gateway")
        .isEmpty();
  }

  private static Iterable<String> referencesOf(List<Map<String, Object>> contents) {
    return EntryReferences.in(
            contents.stream()
                .map(content -> new Document(Location.of("x.json"), content, Map.of()))
                .toList())
        .keySet();
  }
}
