package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.TextMatch;
import io.meshbridge.spi.reading.Durations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says a CORS policy. */
final class CorsWriter {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE", "*");

  private CorsWriter() {}

  /**
   * The policy; what it allows and Istio cannot say is not allowed here.
   *
   * @param field such as {@code filters[0]}
   */
  static Map<String, Object> of(HttpFilter.Cors cors, RulePart part, String field) {
    var written = new LinkedHashMap<String, Object>();
    put(written, "allowOrigins", cors.origins().stream().map(CorsWriter::originOf).toList());
    var methods = cors.methods().stream().filter(METHODS::contains).toList();
    if (methods.size() < cors.methods().size()) {
      part.dropped(field + ".methods", "Istio allows only the methods of HTTP itself");
    }
    put(written, "allowMethods", methods);
    put(written, "allowHeaders", cors.headers());
    put(written, "exposeHeaders", cors.exposedHeaders());
    cors.maxAge().ifPresent(age -> putAge(written, age, part, field));
    if (cors.credentials()) {
      written.put("allowCredentials", true);
    }
    return written;
  }

  private static void putAge(
      Map<String, Object> written, Duration age, RulePart part, String field) {
    var whole = Duration.ofSeconds(age.toSeconds());
    if (!whole.equals(age)) {
      part.approximated(field + ".maxAge", "is cut to whole seconds");
    }
    if (whole.isPositive()) {
      written.put("maxAge", Durations.inUnits(whole));
    } else {
      part.dropped(field + ".maxAge", "Istio takes no age of less than a second");
    }
  }

  private static Map<String, Object> originOf(TextMatch origin) {
    return origin.kind() == TextMatch.Kind.PRESENT
        ? Map.of("exact", "*")
        : StringMatches.of(origin);
  }

  private static void put(Map<String, Object> written, String name, List<?> values) {
    if (!values.isEmpty()) {
      written.put(name, values);
    }
  }
}
