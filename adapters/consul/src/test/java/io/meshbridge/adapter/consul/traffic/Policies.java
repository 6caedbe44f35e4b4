package io.meshbridge.adapter.consul.traffic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Export;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Import;
import io.meshbridge.model.Location;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.ServicePort;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.DestinationPolicy;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.L4Rule;
import io.meshbridge.model.traffic.PathMatch;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.Subset;
import io.meshbridge.model.traffic.Timeouts;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.model.traffic.WeightedBackend;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Imports with policies, for tests of what is written. */
final class Policies {
  static final MeshId ISTIO = new MeshId("istio-a");
  static final ServicePort HTTP = new ServicePort("http", 80, AppProtocol.HTTP);
  static final ServicePort TCP = new ServicePort("tcp", 5432, AppProtocol.TCP);
  static final BackendRef API = BackendRef.service(key("api"));

  private static final ObjectMapper JSON =
      new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, false);

  private Policies() {}

  static ServiceKey key(String name) {
    return new ServiceKey(ISTIO, "shop", name);
  }

  static TrafficPolicy rules(HttpRule... rules) {
    return policy(List.of(rules), DestinationPolicy.DEFAULT);
  }

  static TrafficPolicy policy(
      List<HttpRule> rules, DestinationPolicy destination, Subset... subsets) {
    return new TrafficPolicy(rules, List.of(), List.of(subsets), destination, new TreeMap<>());
  }

  static TrafficPolicy l4(L4Rule... rules) {
    return new TrafficPolicy(
        List.of(), List.of(rules), List.of(), DestinationPolicy.DEFAULT, new TreeMap<>());
  }

  static Subset version(String version) {
    return new Subset(
        version,
        new TreeMap<>(Map.of("version", version)),
        DestinationPolicy.DEFAULT,
        Sources.NONE);
  }

  static HttpMatch path(PathMatch path) {
    return HttpMatch.ANY.withPath(path);
  }

  static HttpRule to(HttpMatch match, WeightedBackend... backends) {
    return HttpRule.routing(List.of(match), List.of(backends));
  }

  static HttpRule with(HttpRule rule, HttpFilter... filters) {
    return new HttpRule(
        rule.name(),
        rule.grpc(),
        rule.matches(),
        List.of(filters),
        rule.backends(),
        rule.timeouts(),
        rule.retry(),
        rule.affinity(),
        rule.sources());
  }

  static HttpRule with(HttpRule rule, Timeouts timeouts, Optional<Retry> retry) {
    return new HttpRule(
        rule.name(),
        rule.grpc(),
        rule.matches(),
        rule.filters(),
        rule.backends(),
        timeouts,
        retry,
        rule.affinity(),
        rule.sources());
  }

  /** The service {@code web}, which the target calls so too. */
  static Import web(TrafficPolicy policy, ServicePort... ports) {
    var api = new TreeMap<>(Map.of(key("api"), "api"));
    var others = new TreeMap<>(Map.of(key("api"), export("api", rules(), HTTP)));
    return new Import(
        "web",
        export("web", policy, ports.length == 0 ? new ServicePort[] {HTTP} : ports),
        EndpointList.EMPTY,
        new MeshDescriptor(ISTIO, "istio", "", "", ""),
        api,
        others);
  }

  static Export export(String name, TrafficPolicy policy, ServicePort... ports) {
    return new Export(
        key(name),
        List.of(ports),
        new TreeMap<>(),
        List.of(),
        Instant.EPOCH,
        FederationPath.startingAt(ISTIO),
        AccessPolicy.OPEN,
        policy);
  }

  static TrafficWriter.Written write(Import service, String version) {
    return TrafficWriter.write(service, ServerVersion.parse(version), Location.of("web"));
  }

  static TrafficWriter.Written write(TrafficPolicy policy) {
    return write(web(policy), "");
  }

  /** The fields of one of the entries, as JSON. */
  static String fields(TrafficWriter.Written written, String reference) {
    return written.entries().stream()
        .filter(entry -> entry.reference().equals(reference))
        .map(entry -> json(entry.fields()))
        .findFirst()
        .orElse("none of " + written.entries().stream().map(WantedEntry::reference).toList());
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalArgumentException(impossible);
    }
  }
}
