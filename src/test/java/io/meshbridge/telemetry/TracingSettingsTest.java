package io.meshbridge.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TracingSettingsTest {
  private static final String ENDPOINT = "quarkus.otel.exporter.otlp.endpoint";

  @Test
  void nothingIsFollowedAsLongAsNobodySaysWhereSpansGo() {
    assertThat(isDisabled(Map.of())).isTrue();
  }

  @Test
  void anEndpointIsEnough() {
    assertThat(isDisabled(Map.of(ENDPOINT, "http://127.0.0.1:4317"))).isFalse();
    assertThat(isDisabled(Map.of("otel.exporter.otlp.endpoint", "http://127.0.0.1:4317")))
        .isFalse();
    assertThat(isDisabled(Map.of("otel.exporter.otlp.traces.endpoint", "http://127.0.0.1:4317")))
        .isFalse();
  }

  @Test
  void whoeverDisablesItHasTheLastWord() {
    assertThat(isDisabled(Map.of(ENDPOINT, "http://127.0.0.1:4317", "otel.sdk.disabled", "true")))
        .isTrue();
    assertThat(
            isDisabled(Map.of(ENDPOINT, "http://127.0.0.1:4317", TracingSettings.DISABLED, "true")))
        .isTrue();
  }

  @Test
  void theStandardSettingsReachTheFramework() {
    var config =
        config(
            Map.of(
                "otel.exporter.otlp.traces.endpoint", "http://127.0.0.1:4318/v1/traces",
                "otel.exporter.otlp.protocol", "http/protobuf",
                "otel.service.name", "east"));

    assertThat(config.getValue("quarkus.otel.exporter.otlp.traces.endpoint", String.class))
        .isEqualTo("http://127.0.0.1:4318");
    assertThat(config.getValue("quarkus.otel.exporter.otlp.protocol", String.class))
        .isEqualTo("http/protobuf");
    assertThat(config.getValue("quarkus.otel.service.name", String.class)).isEqualTo("east");
  }

  private static boolean isDisabled(Map<String, String> said) {
    return config(said).getValue(TracingSettings.DISABLED, Boolean.class);
  }

  private static SmallRyeConfig config(Map<String, String> said) {
    return new SmallRyeConfigBuilder()
        .withSources(new PropertiesConfigSource(said, "said", 300))
        .withSources(new TracingSettings())
        // What the framework would do by itself.
        .withDefaultValue(ENDPOINT, "http://localhost:4317")
        .build();
  }
}
