package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.OutlierDetection;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.spi.reading.TracedFields;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Reads when a failing endpoint is left alone. */
final class OutlierReader {
  private static final int WHOLE = 100;
  private static final Map<String, String> FIELDS =
      new TreeMap<>(
          Map.of(
              "consecutive5xxErrors", "consecutive5xx",
              "consecutiveGatewayErrors", "consecutiveGatewayErrors",
              "interval", "interval",
              "baseEjectionTime", "baseEjection",
              "maxEjectionPercent", "maxEjectionPercent",
              "minHealthPercent", "minHealthPercent"));

  private OutlierReader() {}

  static Optional<OutlierDetection> read(TracedFields policy, Sources.Builder sources) {
    if (!policy.has("outlierDetection")) {
      return Optional.empty();
    }
    var outlier = policy.object("outlierDetection");
    var local = "other meshes do not tell failures to connect from answers of the service";
    outlier.drop("consecutiveLocalOriginFailures", local, "");
    outlier.drop("splitExternalLocalOriginErrors", local, "");
    outlier.drop(
        "outlierDetectionHttpErrorCodes",
        "which answers are failures is fixed in other meshes",
        "");
    outlier.drop(
        "consecutiveErrors",
        "Istio itself does not look at it any more",
        "use consecutive5xxErrors or consecutiveGatewayErrors");
    FIELDS.forEach(
        (name, field) -> {
          if (outlier.has(name)) {
            sources.add("outliers." + field, outlier.ref(name));
          }
        });
    return Optional.of(
        new OutlierDetection(
            outlier.integer("consecutive5xxErrors", 0, Integer.MAX_VALUE),
            outlier.integer("consecutiveGatewayErrors", 0, Integer.MAX_VALUE),
            outlier.duration("interval"),
            outlier.duration("baseEjectionTime"),
            Optional.empty(),
            outlier.integer("maxEjectionPercent", 0, WHOLE),
            outlier.integer("minHealthPercent", 0, WHOLE),
            OptionalInt.empty(),
            Optional.empty()));
  }
}
