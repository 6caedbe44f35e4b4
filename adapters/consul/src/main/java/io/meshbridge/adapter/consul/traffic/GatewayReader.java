package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.traffic.DestinationPolicy;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Ingress;
import io.meshbridge.model.traffic.L4Rule;
import io.meshbridge.model.traffic.Listener;
import io.meshbridge.model.traffic.Listener.Kind;
import io.meshbridge.model.traffic.ListenerTls;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.spi.reading.TracedFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** An ingress-gateway to its listeners, and to the rules that say where they lead. Pure. */
public final class GatewayReader {
  private static final Set<String> PROTOCOLS = Set.of("tcp", "http", "http2", "grpc");
  private static final String TCP = "tcp";

  private final MeshId mesh;
  private final ConfigEntries entries;
  private final TracedFields fields;
  private final ConfigEntry.Opened opened;
  private final ConfigEntry entry;
  private final GatewayTlsReader tls;
  private final List<Listener> listeners = new ArrayList<>();
  private final List<HttpRule> http = new ArrayList<>();
  private final List<L4Rule> l4 = new ArrayList<>();
  private final List<Diagnostic> behind = new ArrayList<>();

  private GatewayReader(MeshId mesh, ConfigEntries entries, ConfigEntry entry) {
    this.mesh = mesh;
    this.entries = entries;
    this.entry = entry;
    this.opened = entry.open();
    this.fields = opened.fields();
    this.tls = GatewayTlsReader.read(fields.object("TLS"));
  }

  /**
   * Reads one.
   *
   * @param entries all of the datacenter's, since the gateway follows those of the services that it
   *     leads to
   */
  public static GatewayTraffic read(MeshId mesh, ConfigEntries entries, ConfigEntry gateway) {
    return new GatewayReader(mesh, entries, gateway).read();
  }

  private GatewayTraffic read() {
    GatewayLimits.drop(fields.object("Defaults"));
    var ports = new HashSet<Integer>();
    for (TracedFields listener : fields.objects("Listeners")) {
      read(listener, ports);
    }
    tls.dropUnused();
    var faults = new ArrayList<>(opened.trace().faults());
    faults.addAll(behind);
    return new GatewayTraffic(
        listeners.isEmpty() ? Optional.empty() : Optional.of(new Ingress(listeners)),
        new TrafficPolicy(http, l4, List.of(), DestinationPolicy.DEFAULT, new TreeMap<>()),
        opened.trace().losses(),
        faults.stream().distinct().toList());
  }

  private void read(TracedFields listener, Set<Integer> ports) {
    var port = listener.integer("Port", 1, 65_535);
    var protocol = protocol(listener);
    var ownTls = GatewayTlsReader.read(listener.object("TLS"));
    var services = new ArrayList<GatewayService>();
    for (TracedFields service : listener.objects("Services")) {
      GatewayService.read(service, entry, protocol.orElse("http")).ifPresent(services::add);
    }
    if (port.isEmpty() && !listener.has("Port")) {
      listener.error("Port", "must be the port on which the gateway listens");
    }
    if (port.isEmpty() || protocol.isEmpty()) {
      return;
    }
    if (!ports.add(port.getAsInt())) {
      listener.error(
          "Port",
          "port " + port.getAsInt() + " has a listener already; the server refuses another");
      return;
    }
    var sources = named();
    sources.add("port", listener.ref("Port"));
    if (listener.has("Protocol")) {
      sources.add("kind", listener.ref("Protocol"));
    }
    var ends = ownTls.of(tls, services.stream().map(GatewayService::tls).toList(), sources);
    ownTls.dropUnused();
    services.forEach(service -> service.tls().dropUnused());
    var reachable = reachable(services, protocol.get());
    listeners.add(
        new Listener(
            protocol.get() + "-" + port.getAsInt(),
            port.getAsInt(),
            kind(protocol.get(), ends),
            hosts(reachable.keySet(), sources),
            ends,
            sources.build()));
    addRules(listener, port.getAsInt(), protocol.get(), reachable);
  }

  /** What makes the listener one of this gateway. */
  private Sources.Builder named() {
    var sources = new Sources.Builder();
    for (String field : List.of("Name", "Namespace")) {
      if (fields.has(field)) {
        sources.add("", fields.ref(field));
      }
    }
    return sources;
  }

  private static Optional<String> protocol(TracedFields listener) {
    var word =
        listener
            .text("Protocol")
            .filter(text -> !text.isEmpty())
            .orElse(TCP)
            .toLowerCase(Locale.ROOT);
    if (!PROTOCOLS.contains(word)) {
      listener.error("Protocol", "must be tcp, http, http2 or grpc, but is '" + word + "'");
      return Optional.empty();
    }
    return Optional.of(word);
  }

  private static Kind kind(String protocol, Optional<ListenerTls> tls) {
    if (!TrafficReader.isHttpLike(protocol)) {
      return Kind.TCP;
    }
    return tls.isPresent() ? Kind.HTTPS : Kind.HTTP;
  }

  /** Those of all services; none for all hosts. */
  private static List<String> hosts(Set<GatewayService> services, Sources.Builder sources) {
    if (services.isEmpty() || services.stream().anyMatch(service -> service.hosts().isEmpty())) {
      return List.of();
    }
    var hosts = new ArrayList<String>();
    for (GatewayService service : services) {
      for (GatewayService.Host host : service.hosts()) {
        hosts.add(host.pattern().text());
        sources.add("hosts", host.ref());
      }
    }
    return hosts.stream().distinct().toList();
  }

  /** Those that speak what the listener speaks, each with what its own entries say. */
  private Map<GatewayService, ServiceTraffic> reachable(
      List<GatewayService> services, String protocol) {
    var reachable = new LinkedHashMap<GatewayService, ServiceTraffic>();
    for (GatewayService service : services) {
      if (speaks(service, protocol)) {
        var traffic = new TrafficReader(mesh, entries).read(service.name(), protocol);
        behind.addAll(traffic.faults());
        reachable.put(service, traffic);
      }
    }
    return reachable;
  }

  private void addRules(
      TracedFields listener,
      int port,
      String protocol,
      Map<GatewayService, ServiceTraffic> reachable) {
    if (TrafficReader.isHttpLike(protocol)) {
      checkHosts(listener, reachable.keySet());
      http.addAll(GatewayRules.http(mesh, port, protocol, reachable));
    } else {
      l4.addAll(GatewayRules.l4(mesh, port, first(listener, reachable)));
    }
  }

  private boolean speaks(GatewayService service, String protocol) {
    var declared = entries.protocolOf(service.name()).toLowerCase(Locale.ROOT);
    if (declared.isEmpty() && TrafficReader.isHttpLike(protocol)) {
      service
          .fields()
          .trace()
          .warnAbout(
              service.fields().pathOf("Name"),
              "no entry declares the protocol of "
                  + service.name()
                  + "; it is taken for "
                  + protocol
                  + ", without which the server refuses this");
    } else if (!declared.isEmpty() && !declared.equals(protocol)) {
      service
          .fields()
          .error(
              "Name",
              service.name()
                  + " speaks "
                  + declared
                  + ", but the listener "
                  + protocol
                  + "; the server refuses this");
      return false;
    }
    return true;
  }

  private static void checkHosts(TracedFields listener, Set<GatewayService> services) {
    var seen = new HashSet<String>();
    for (GatewayService service : services) {
      for (GatewayService.Host host : service.hosts()) {
        if (!seen.add(host.pattern().text())) {
          listener
              .trace()
              .errorAbout(
                  host.ref().path(),
                  "names "
                      + host.pattern().text()
                      + " again; a listener takes each host once, and the first counts");
        }
      }
    }
  }

  /** Bytes that nobody looks into can go to one service alone. */
  private static Map<GatewayService, ServiceTraffic> first(
      TracedFields listener, Map<GatewayService, ServiceTraffic> reachable) {
    if (reachable.size() > 1) {
      listener
          .trace()
          .errorAbout(
              listener.pathOf("Services"),
              "a listener for tcp takes one service; the first counts");
    }
    var only = new LinkedHashMap<GatewayService, ServiceTraffic>();
    reachable.entrySet().stream()
        .findFirst()
        .ifPresent(found -> only.put(found.getKey(), found.getValue()));
    return only;
  }
}
