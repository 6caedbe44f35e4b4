package io.meshbridge.adapter.consul;

import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Export;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Import;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.ServicePort;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.ClientMatch;
import io.meshbridge.model.traffic.DestinationPolicy;
import io.meshbridge.model.traffic.HostConditions;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Ingress;
import io.meshbridge.model.traffic.Listener;
import io.meshbridge.model.traffic.ListenerTls;
import io.meshbridge.model.traffic.PathMatch;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.Timeouts;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.model.traffic.WeightedBackend;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Gateways of a mesh called istio-a, for tests. */
final class Gateways {
  static final ServiceKey EDGE = Ingress.keyOf(Imports.ISTIO, "shop", "edge");
  static final ServiceKey WEB = new ServiceKey(Imports.ISTIO, "shop", "web");
  static final ServiceKey API = new ServiceKey(Imports.ISTIO, "shop", "api");

  private Gateways() {}

  /** The gateway, where web and api have imports that speak a protocol. */
  static Import edge(AppProtocol protocol, List<Listener> listeners, HttpRule... rules) {
    var ingress = new Ingress(listeners);
    var names = new TreeMap<ServiceKey, String>();
    var others = new TreeMap<ServiceKey, Export>();
    for (ServiceKey key : List.of(WEB, API)) {
      names.put(key, key.name() + "-istio-a");
      others.put(key, service(key.name(), protocol).export());
    }
    return new Import(
        "edge-istio-a",
        new Export(
            EDGE,
            ingress.ports(),
            new TreeMap<>(),
            List.of(),
            Instant.EPOCH,
            FederationPath.startingAt(Imports.ISTIO),
            AccessPolicy.OPEN,
            new TrafficPolicy(
                Arrays.asList(rules),
                List.of(),
                List.of(),
                DestinationPolicy.DEFAULT,
                new TreeMap<>()),
            Optional.of(ingress),
            List.of()),
        EndpointList.EMPTY,
        new MeshDescriptor(Imports.ISTIO, "istio", "", "", ""),
        names,
        others);
  }

  static Import service(String name, AppProtocol protocol) {
    return Imports.of(
        name,
        name + "-istio-a",
        List.of(new ServicePort("http", 80, protocol)),
        AccessPolicy.OPEN,
        Imports.at("10.0.0.1", 8080));
  }

  static Listener http(int port) {
    return new Listener(
        "http-" + port, port, Listener.Kind.HTTP, List.of(), Optional.empty(), Sources.NONE);
  }

  static Listener https(int port) {
    return new Listener(
        "https-" + port,
        port,
        Listener.Kind.HTTPS,
        List.of(),
        Optional.of(new ListenerTls(ListenerTls.Mode.TERMINATE, List.of(), Optional.empty())),
        Sources.NONE);
  }

  /** What Consul does if nobody says anything. */
  static HttpRule plain(ServiceKey service, String host) {
    var rule = to(service, host, "/");
    return new HttpRule(
        "",
        false,
        List.of(
            new HttpMatch(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                HostConditions.of(host),
                Optional.empty(),
                OptionalInt.empty(),
                ClientMatch.ANY)),
        List.of(),
        rule.backends(),
        new Timeouts(Optional.of(Duration.ofSeconds(15)), Optional.empty(), Optional.empty()),
        Optional.of(Retry.NEVER),
        Optional.empty(),
        Sources.NONE);
  }

  static HttpRule to(ServiceKey service, String host, String prefix) {
    var match =
        new HttpMatch(
            Optional.of(PathMatch.stringPrefix(prefix)),
            Optional.empty(),
            List.of(),
            List.of(),
            HostConditions.of(host),
            Optional.empty(),
            OptionalInt.empty(),
            ClientMatch.ANY);
    return HttpRule.routing(
        List.of(match), List.of(WeightedBackend.only(BackendRef.service(service))));
  }
}
