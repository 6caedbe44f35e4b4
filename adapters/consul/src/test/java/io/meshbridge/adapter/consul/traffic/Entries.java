package io.meshbridge.adapter.consul.traffic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.spi.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Config entries for tests, written as people write them. */
final class Entries {
  static final MeshId MESH = new MeshId("consul-dc1");
  static final String WEB_IS_HTTP =
      "{\"Kind\": \"service-defaults\", \"Name\": \"web\", \"Protocol\": \"http\"}";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Entries() {}

  static ConfigEntries of(String... texts) {
    var entries = new ArrayList<ConfigEntry>();
    for (int i = 0; i < texts.length; i++) {
      entries.add(ConfigEntry.of(document(i, texts[i])).orElseThrow());
    }
    return ConfigEntries.of(entries);
  }

  /** What the entries say of the service {@code web}. */
  static ServiceTraffic web(String... texts) {
    return new TrafficReader(MESH, of(texts)).read(ServiceName.of("", "web"), "");
  }

  static HttpRule onlyRule(ServiceTraffic traffic) {
    if (traffic.policy().http().size() != 1) {
      throw new AssertionError("not one rule: " + traffic.policy().http());
    }
    return traffic.policy().http().getFirst();
  }

  static List<String> said(List<Loss> losses) {
    return losses.stream().map(loss -> loss.outcome() + " " + loss.path()).toList();
  }

  @SuppressWarnings("unchecked")
  private static Document document(int number, String text) {
    try {
      return new Document(
          Location.of("f" + number + ".json"), JSON.readValue(text, Map.class), Map.of());
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }
}
