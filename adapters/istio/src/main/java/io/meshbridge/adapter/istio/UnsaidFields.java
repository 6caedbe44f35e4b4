package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.LossList;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.Health;
import io.meshbridge.model.Import;
import java.util.function.Predicate;

/** Tells of the fields for which a ServiceEntry has no word: each once, if it is there at all. */
final class UnsaidFields {
  private UnsaidFields() {}

  static void tell(Import service, LossList losses) {
    tellLabels(service, losses);
    if (any(service, endpoint -> endpoint.health() != Health.READY)) {
      losses.approximated(
          "endpoints.health", "an endpoint is listed if it takes traffic, and left out if not");
    }
    if (any(service, endpoint -> endpoint.weight() == 0)) {
      losses.approximated("endpoints.weight", "an endpoint of weight 0 is left out");
    }
    if (any(service, endpoint -> !endpoint.network().isEmpty())) {
      losses.dropped("endpoints.network", "its networks are not those of the target");
    }
    if (any(service, endpoint -> !endpoint.identity().isEmpty())) {
      losses.dropped("endpoints.identity", "clients of the target do not check it");
    }
  }

  /** An object for another mesh's service bears only our marks. */
  static void tellLabels(Import service, LossList losses) {
    if (!service.export().labels().isEmpty()) {
      var kind = service.export().ingress().isPresent() ? "Gateway" : "ServiceEntry";
      losses.dropped("labels", "a " + kind + " of another mesh's service bears only our marks");
    }
  }

  private static boolean any(Import service, Predicate<Endpoint> is) {
    return service.endpoints().endpoints().stream().anyMatch(is);
  }
}
