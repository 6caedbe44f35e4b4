package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Programs that share no code with us read the topics, and see what REST says. */
final class ExampleConsumersIT {
  @RegisterExtension private static final BrokerExtension KAFKA = new BrokerExtension();

  /** Nobody may act upon a policy with a field that is not known. */
  private static final String MOON =
      """
      {"mesh":"east","namespace":"shop","name":"moon","path":["east"],"ports":[],"hostnames":[],
       "labels":{},"firstSeen":"2026-11-22T12:00:00Z",
       "access":{"reachability":"plain","reason":"","moonlight":1}}""";

  @Test
  void bothKeepTheInventoryThatRestTells() throws Exception {
    var addresses = KAFKA.broker().bootstrapServers();
    try (var federation = Federation.ofFolders(KAFKA.broker(), "consumers")) {
      // Given: services that stay, one that went, and endpoints that take no traffic
      federation.put(federation.east(), Shop.of("reviews", 9080, "10.1.0.1"));
      federation.put(federation.east(), Shop.of("ratings", 9090, "10.1.0.9"));
      federation.put(federation.west(), Shop.of("stock", 7070, "10.2.0.1").with("10.2.0.2", false));
      var bridge = federation.startReady(federation.bridge("bridge"));
      federation.awaitConvergence();
      federation.remove(federation.east(), "ratings");
      federation.put(
          federation.east(), Shop.of("reviews", 9081, "10.1.0.1").with("10.1.0.2", false));
      federation.awaitConvergence();
      await()
          .atMost(Federation.CONVERGENCE)
          .untilAsserted(() -> assertThat(told(bridge)).hasSize(4).noneMatch(isPending()));

      // And what a newer bridge may have written
      try (var records = new RawRecords(KAFKA.broker())) {
        var topic = federation.meshTopic(federation.east()).name();
        records.send(topic, "v1/moon/shop/reviews", "io.meshbridge.moon.v1", "{}");
        records.send(topic, "v1/export/shop/moon", "io.meshbridge.export.v1", MOON);
      }

      for (JsonNode inventory :
          List.of(
              ExampleConsumers.java(federation, addresses),
              ExampleConsumers.python(federation, addresses))) {
        assertThat(lines(inventory)).containsExactlyInAnyOrderElementsOf(told(bridge));
        assertThat(inventory.path("silent")).isEmpty();
        assertThat(inventory.findValuesAsText("stale")).hasSize(2).containsOnly("");
      }
    }
  }

  private static Predicate<String> isPending() {
    return line -> line.contains("Pending");
  }

  private static List<String> told(BridgeProcess bridge) throws IOException, InterruptedException {
    var lines = new ArrayList<String>();
    for (JsonNode service : bridge.rest().services("")) {
      var ports =
          elements(service.path("ports"))
              .map(
                  port ->
                      port.path("name").asText()
                          + ":"
                          + port.path("number").asText()
                          + "/"
                          + port.path("protocol").asText())
              .toList();
      lines.add(
          "%s %s %s of %s"
              .formatted(
                  name(service.path("service")),
                  ports,
                  service.path("takingTraffic"),
                  service.path("endpoints")));
    }
    for (JsonNode entry : bridge.rest().imports("")) {
      lines.add(
          "%s in %s as %s: %s"
              .formatted(
                  name(entry.path("service")),
                  entry.path("target").asText(),
                  entry.path("name").asText(),
                  entry.path("state").asText()));
    }
    return List.copyOf(lines);
  }

  private static List<String> lines(JsonNode inventory) {
    var services =
        elements(inventory.path("services"))
            .map(
                line ->
                    "%s %s %s of %s"
                        .formatted(
                            line.path("service").asText(),
                            elements(line.path("ports")).map(JsonNode::asText).toList(),
                            line.path("takingTraffic"),
                            line.path("endpoints")));
    var imports =
        elements(inventory.path("imports"))
            .map(
                line ->
                    "%s in %s as %s: %s"
                        .formatted(
                            line.path("service").asText(),
                            line.path("target").asText(),
                            line.path("name").asText(),
                            line.path("state").asText()));
    return Stream.concat(services, imports).toList();
  }

  private static String name(JsonNode service) {
    return service.path("mesh").asText()
        + "/"
        + service.path("namespace").asText()
        + "/"
        + service.path("name").asText();
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
