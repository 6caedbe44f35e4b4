package io.meshbridge.doctor;

import java.util.stream.Stream;

/** Without outlier detection Istio never learns that a locality has failed. */
final class IstioLocalityWithoutOutliers implements DocumentCheck {
  @Override
  public Trap trap() {
    return Trap.warning(
        "istio-failover-without-outlier-detection",
        "istio",
        "nothing ever fails over",
        "add outlierDetection to the same trafficPolicy");
  }

  @Override
  public Stream<Finding> look(DocumentSet documents) {
    return documents
        .ofKind("networking.istio.io", "DestinationRule")
        .flatMap(rule -> rule.spec().everywhere("trafficPolicy"))
        .filter(policy -> !policy.at("outlierDetection").exists())
        .map(policy -> policy.at("loadBalancer", "localityLbSetting"))
        .filter(
            locality ->
                locality.at("failover").exists() || locality.at("failoverPriority").exists())
        .map(locality -> found(locality, "failover by locality without outlierDetection"));
  }
}
