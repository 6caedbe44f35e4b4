package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.adapter.kubernetes.gatewayapi.SourcedFields;
import io.meshbridge.model.traffic.ConnectionLimits;
import io.meshbridge.model.traffic.DestinationPolicy;
import io.meshbridge.model.traffic.OutlierDetection;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.spi.reading.TracedFields;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Reads when a failing endpoint is left alone ({@code parse_accrual_config}). */
final class FailureAccrual {
  private static final int DEFAULT_FAILURES = 7;
  private static final Duration DEFAULT_MIN = Duration.ofSeconds(1);
  private static final Duration DEFAULT_MAX = Duration.ofSeconds(60);
  private static final int MAX_JITTER = 100;

  private final TracedFields fields;
  private final Sources.Builder sources = new Sources.Builder();

  private FailureAccrual(TracedFields fields) {
    this.fields = fields;
  }

  /** What a Service's annotations say of it. */
  static DestinationPolicy read(TracedFields annotations) {
    return new FailureAccrual(annotations).read();
  }

  private DestinationPolicy read() {
    fields.names().stream()
        .filter(name -> name.startsWith(Annotations.ALPHA))
        .forEach(
            name ->
                fields.drop(
                    name,
                    "only failures in a row can be told to other meshes",
                    "use balancer.linkerd.io/failure-accrual: consecutive"));
    var mode = into("outliers").text(Annotations.ACCRUAL).orElse("");
    return switch (mode) {
      case "" -> {
        dropParameters("without balancer.linkerd.io/failure-accrual it has no effect");
        yield DestinationPolicy.DEFAULT;
      }
      case "consecutive" -> consecutive();
      case "unified" -> {
        fields.approximate(
            Annotations.ACCRUAL, "of the unified mode only failures in a row are told", "");
        yield consecutive();
      }
      default -> {
        fields.error(Annotations.ACCRUAL, "must be consecutive or unified, but is '" + mode + "'");
        dropParameters("the mode is unknown");
        yield DestinationPolicy.DEFAULT;
      }
    };
  }

  private DestinationPolicy consecutive() {
    var failures =
        into("outliers.consecutive5xx").integer(Annotations.MAX_FAILURES, 0, Integer.MAX_VALUE);
    var min = duration(Annotations.MIN_PENALTY, "outliers.baseEjection").orElse(DEFAULT_MIN);
    var max = duration(Annotations.MAX_PENALTY, "outliers.maxEjection").orElse(DEFAULT_MAX);
    var jitter = jitter();
    if (min.compareTo(max) > 0) {
      fields.error(
          fields.has(Annotations.MIN_PENALTY) ? Annotations.MIN_PENALTY : Annotations.MAX_PENALTY,
          "the least penalty must not be longer than the greatest: " + min + ", " + max);
      return DestinationPolicy.DEFAULT;
    }
    var outliers =
        new OutlierDetection(
            OptionalInt.of(failures.orElse(DEFAULT_FAILURES)),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.of(min),
            Optional.of(max),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            jitter);
    return new DestinationPolicy(
        Optional.empty(),
        Optional.of(outliers),
        ConnectionLimits.DEFAULT,
        Optional.empty(),
        List.of(),
        sources.build());
  }

  private Optional<BigDecimal> jitter() {
    into("outliers.jitter").text(Annotations.JITTER);
    return fields.decimal(Annotations.JITTER, 0, MAX_JITTER);
  }

  private Optional<Duration> duration(String name, String target) {
    var text = into(target).text(name);
    var duration = text.flatMap(LinkerdDurations::parse);
    if (text.isPresent() && duration.isEmpty()) {
      fields.error(
          name,
          "must be a whole number with one unit, such as 500ms or 5m, but is '" + text.get() + "'");
    }
    return duration;
  }

  private void dropParameters(String reason) {
    Stream.of(
            Annotations.MAX_FAILURES,
            Annotations.MIN_PENALTY,
            Annotations.MAX_PENALTY,
            Annotations.JITTER)
        .forEach(name -> fields.drop(name, reason, ""));
  }

  private SourcedFields into(String target) {
    return new SourcedFields(fields, sources, target);
  }
}
