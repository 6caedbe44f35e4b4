package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.traffic.Ingress;
import io.meshbridge.model.traffic.Listener;
import io.meshbridge.model.traffic.Listener.Kind;
import io.meshbridge.model.traffic.ListenerTls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The listeners of an ingress that Consul can be told. One that asks more of its clients than
 * Consul's gateways can is left out: in another form it would let in whom it keeps out.
 */
final class OpenListeners {
  private static final String LEFT_OUT = "; the listener is left out";
  private static final Map<String, String> VERSIONS =
      Map.of("1.0", "TLSv1_0", "1.1", "TLSv1_1", "1.2", "TLSv1_2", "1.3", "TLSv1_3");

  private final Ingress ingress;
  private final ServerVersion version;
  private final LossBook losses;
  private final Map<Integer, Listener> open = new LinkedHashMap<>();

  /**
   * @param ingress with at least one listener
   */
  OpenListeners(Ingress ingress, ServerVersion version, LossBook losses) {
    this.ingress = ingress;
    this.version = version;
    this.losses = losses;
    for (int i = 0; i < ingress.listeners().size(); i++) {
      if (canBeSaid(ingress.listeners().get(i), path(i))) {
        open.put(i, ingress.listeners().get(i));
      }
    }
    leaveOutTlsBesidePlain();
    leaveOutWhatDiffersAtOnePort();
    open.forEach((index, listener) -> listener.tls().ifPresent(tls -> tell(tls, path(index))));
  }

  /** The ports that are opened, in the order of their listeners. */
  List<Integer> ports() {
    return open.values().stream().map(Listener::port).distinct().toList();
  }

  /** The listeners of a port, by their index; all are of one kind. */
  Map<Integer, Listener> at(int port) {
    var here = new LinkedHashMap<Integer, Listener>();
    open.forEach(
        (index, listener) -> {
          if (listener.port() == port) {
            here.put(index, listener);
          }
        });
    return here;
  }

  /** Whether TLS has to be switched on for the whole gateway. */
  boolean isTlsForAll() {
    return !version.has(Feature.LISTENER_TLS)
        && open.values().stream().anyMatch(listener -> listener.tls().isPresent());
  }

  /** The field {@code TLS} of a port's listener; empty if it has none. */
  Map<String, Object> tlsOf(int port) {
    var fields = new LinkedHashMap<String, Object>();
    if (version.has(Feature.LISTENER_TLS)) {
      first(port)
          .tls()
          .ifPresent(
              tls -> {
                fields.put("Enabled", true);
                word(tls)
                    .filter(word -> version.has(Feature.TLS_VERSIONS))
                    .ifPresent(word -> fields.put("TLSMinVersion", word));
              });
    }
    return fields;
  }

  private Listener first(int port) {
    return at(port).values().iterator().next();
  }

  private static String path(int listener) {
    return Ingress.FIELD + ".listeners[" + listener + "]";
  }

  private boolean canBeSaid(Listener listener, String path) {
    if (listener.kind() == Kind.TLS) {
      losses.drop(
          path + ".kind", "Consul's ingress gateways do not look at server names" + LEFT_OUT);
      return false;
    }
    if (listener.tls().filter(tls -> tls.mode() == ListenerTls.Mode.MUTUAL).isPresent()) {
      losses.drop(
          path + ".tls.mode",
          "Consul's ingress gateways ask nobody for a certificate, so it would be open to all"
              + LEFT_OUT);
      return false;
    }
    return true;
  }

  /** An old server has TLS for all listeners or for none; in clear nobody would be safe there. */
  private void leaveOutTlsBesidePlain() {
    if (version.has(Feature.LISTENER_TLS)
        || open.values().stream().allMatch(listener -> listener.tls().isPresent())) {
      return;
    }
    for (int index : List.copyOf(open.keySet())) {
      if (ingress.listeners().get(index).tls().isPresent()) {
        losses.drop(
            path(index) + ".tls.mode",
            "before "
                + Feature.LISTENER_TLS.since()
                + " a gateway has TLS at all of its listeners or at none"
                + LEFT_OUT,
            "upgrade the server, or make another gateway for it");
        open.remove(index);
      }
    }
  }

  private void leaveOutWhatDiffersAtOnePort() {
    for (int index : List.copyOf(open.keySet())) {
      var listener = ingress.listeners().get(index);
      var before = first(listener.port());
      if (listener.isHttp() != before.isHttp()
          || listener.tls().isPresent() != before.tls().isPresent()) {
        losses.drop(
            path(index) + ".kind",
            "in Consul all that comes in by one port is of one kind" + LEFT_OUT,
            "give it a port of its own");
        open.remove(index);
      }
    }
  }

  private void tell(ListenerTls tls, String path) {
    if (!tls.certificates().isEmpty()) {
      losses.approximate(
          path + ".tls.certificates",
          "certificates do not travel: Consul's own authority issues one for the hosts");
    }
    if (tls.minVersion().isEmpty()) {
      return;
    }
    var field = path + ".tls.minVersion";
    if (!version.has(Feature.TLS_VERSIONS)) {
      losses.drop(field, Feature.TLS_VERSIONS);
    } else if (word(tls).isEmpty()) {
      losses.drop(field, "Consul knows TLS 1.0 to 1.3, but not " + tls.minVersion().get());
    }
  }

  private static Optional<String> word(ListenerTls tls) {
    return tls.minVersion().flatMap(number -> Optional.ofNullable(VERSIONS.get(number)));
  }

  /** Tells of those that have nothing to lead to. */
  void tellEmpty(int port) {
    at(port)
        .keySet()
        .forEach(
            index ->
                losses.drop(
                    path(index),
                    "Consul takes no listener without a service, and no rule leads from here to"
                        + " one"
                        + LEFT_OUT));
  }

  /** All hosts of a port's listeners. */
  List<HostPattern> hosts(int port) {
    var hosts = new ArrayList<HostPattern>();
    at(port)
        .forEach(
            (index, listener) -> {
              if (listener.takesAllHosts()) {
                hosts.add(HostPattern.ALL);
              } else {
                addHosts(listener, path(index), hosts);
              }
            });
    return hosts.stream().distinct().toList();
  }

  private void addHosts(Listener listener, String path, List<HostPattern> hosts) {
    for (String text : listener.hosts()) {
      HostPattern.parse(text)
          .ifPresentOrElse(
              hosts::add,
              () ->
                  losses.drop(path + ".hosts", "'" + text + "' is no name that Consul could take"));
    }
  }
}
