package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.HeaderChange;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.WeightedBackend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says the backends that share a rule, of any protocol. */
final class BackendWriter {
  private final RulePart part;
  private final Destinations destinations;

  BackendWriter(RulePart part, Destinations destinations) {
    this.part = part;
    this.destinations = destinations;
  }

  /**
   * The field {@code route}.
   *
   * @param request what the rule does to the headers of requests, if that has to be said here
   * @param response likewise of responses
   */
  List<Map<String, Object>> of(
      List<WeightedBackend> backends, HeaderChange request, HeaderChange response) {
    var written = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < backends.size(); i++) {
      var backend = backends.get(i);
      var field = "backends[" + i + "]";
      var destination = destinations.of(backend.ref());
      if (destination.isEmpty()) {
        part.unsayable(
            field + ".ref",
            destinations.reasonAgainst(backend.ref()),
            destinations.adviceAgainst(backend.ref()));
        continue;
      }
      var entry = new LinkedHashMap<String, Object>();
      entry.put("destination", destination.orElseThrow());
      // A backend that is alone gets everything, but its owner may have said a number.
      if (backends.size() > 1 || backend.weight() != 1) {
        entry.put("weight", backend.weight());
      }
      var headers = headersOf(backend.filters(), request, response, field);
      if (!headers.isEmpty()) {
        entry.put("headers", headers);
      }
      written.add(entry);
    }
    return written;
  }

  private Map<String, Object> headersOf(
      List<HttpFilter> filters, HeaderChange request, HeaderChange response, String field) {
    var host = Optional.<String>empty();
    for (int i = 0; i < filters.size(); i++) {
      var at = field + ".filters[" + i + "]";
      switch (filters.get(i)) {
        case HttpFilter.RequestHeaders headers -> tellUnsayable(headers.change(), at);
        case HttpFilter.ResponseHeaders headers -> tellUnsayable(headers.change(), at);
        case HttpFilter.Rewrite rewrite -> {
          host = rewrite.host();
          if (rewrite.path().isPresent()) {
            part.unsayable(at, "Istio rewrites the paths of a rule, not of one destination", "");
          }
        }
        case HttpFilter.Abort abort when Forbidding.isCertain(abort) -> tellWhole(at);
        case HttpFilter.DirectResponse ignored -> tellWhole(at);
        case HttpFilter.Redirect ignored -> tellWhole(at);
        case HttpFilter.Abort ignored -> tellAlone(at);
        case HttpFilter.Delay ignored -> tellAlone(at);
        case HttpFilter.Mirror ignored -> tellAlone(at);
        case HttpFilter.Cors ignored -> tellAlone(at);
      }
    }
    return HeaderWriter.of(
        HeaderChanges.inOrder(request, OrderOfChanges.requestOf(filters)),
        host,
        HeaderChanges.inOrder(response, OrderOfChanges.responseOf(filters)));
  }

  private void tellUnsayable(HeaderChange change, String field) {
    var names = HeaderWriter.unsayable(change);
    if (!names.isEmpty()) {
      part.dropped(field, "Istio cannot change " + String.join(", ", names) + " so");
    }
  }

  private void tellWhole(String field) {
    part.unsayable(field, "Istio does this for a rule, not for one of its destinations", "");
  }

  private void tellAlone(String field) {
    part.dropped(field, "Istio does this for a rule, not for one of its destinations");
  }
}
