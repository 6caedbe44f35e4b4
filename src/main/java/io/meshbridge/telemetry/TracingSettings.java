package io.meshbridge.telemetry;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Makes tracing begin where somebody says where spans go, and nowhere else: the framework would
 * send them to a port of its own choice. Gives the standard settings {@code otel.*}, and so the
 * variables {@code OTEL_*}, to the framework under its own names.
 */
public final class TracingSettings implements ConfigSourceFactory {
  /** Whether nothing is followed. */
  static final String DISABLED = "quarkus.otel.sdk.disabled";

  private static final String STANDARD = "otel.";
  private static final String OURS = "quarkus.otel.";
  private static final List<String> ENDPOINTS =
      List.of("exporter.otlp.endpoint", "exporter.otlp.traces.endpoint");
  private static final List<String> PASSED_ON =
      List.of(
          "sdk.disabled",
          "exporter.otlp.endpoint",
          "exporter.otlp.protocol",
          "exporter.otlp.headers",
          "exporter.otlp.compression",
          "exporter.otlp.traces.endpoint",
          "exporter.otlp.traces.protocol",
          "exporter.otlp.traces.headers",
          "exporter.otlp.traces.compression",
          "service.name",
          "resource.attributes",
          "traces.sampler.arg");

  // The standard has the whole address of traces, the framework adds this to it.
  private static final String PATH_OF_TRACES = "/v1/traces/?$";

  /** Above what is built in (250), below every file of the user's (270) and the environment. */
  private static final int ORDINAL = 265;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    var values = new TreeMap<String, String>();
    values.put(DISABLED, String.valueOf(!hasEndpoint(context)));
    for (String name : PASSED_ON) {
      said(context, STANDARD + name)
          .ifPresent(value -> values.put(OURS + name, value.replaceFirst(PATH_OF_TRACES, "")));
    }
    return List.of(new PropertiesConfigSource(Map.copyOf(values), "tracing", ORDINAL));
  }

  private static boolean hasEndpoint(ConfigSourceContext context) {
    return ENDPOINTS.stream()
        .anyMatch(
            name ->
                said(context, STANDARD + name).or(() -> said(context, OURS + name)).isPresent());
  }

  /** What a person has set: defaults of the framework have ordinals below zero. */
  private static Optional<String> said(ConfigSourceContext context, String name) {
    return Optional.ofNullable(context.getValue(name))
        .filter(value -> value.getConfigSourceOrdinal() > 0)
        .map(ConfigValue::getValue)
        .filter(text -> !text.isBlank());
  }
}
