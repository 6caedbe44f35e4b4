package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.HostConditions;
import io.meshbridge.model.traffic.Listener;
import io.meshbridge.model.traffic.ListenerTls;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.spi.reading.TracedFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the servers of a Gateway. */
final class ServerReader {
  private static final int LAST_PORT = 65_535;
  private static final int LONGEST_NAME = 63;

  private final String namespace;
  private final Set<String> names = new HashSet<>();

  /** Reads for a Gateway in that namespace. */
  ServerReader(String namespace) {
    this.namespace = namespace;
  }

  /** The server; empty if it is wrong, or if no other mesh could have it. */
  Optional<Server> read(TracedFields server) {
    var sources = new Sources.Builder();
    server.drop("name", "names a server for people alone", "");
    server.drop("bind", "is an address of the gateway's own pods", "");
    server.drop("defaultEndpoint", "is not used by Istio's gateways", "");
    var port = server.object("port");
    port.drop("targetPort", "is not used by Istio's gateways", "");
    var number = numberOf(port, sources);
    var hosts = hostsOf(server, sources);
    var protocol = port.text("protocol").orElse("").toUpperCase(Locale.ROOT);
    var name = nameOf(port, number, sources);
    var opened = open(server, port, protocol, sources);
    if (opened.isEmpty() || number.isEmpty() || hosts.isEmpty()) {
      leaveOut(server);
      return Optional.empty();
    }
    var listener =
        new Listener(
            name,
            number.getAsInt(),
            opened.get().kind(),
            hosts.stream().map(Server.Host::name).distinct().toList(),
            opened.get().tls(),
            sources.build());
    return Optional.of(new Server(listener, hosts, port.ref("number"), redirectOf(server)));
  }

  /** What a server takes, and how TLS ends there. */
  private record Opened(Listener.Kind kind, Optional<ListenerTls> tls) {}

  private static OptionalInt numberOf(TracedFields port, Sources.Builder sources) {
    if (!port.has("number")) {
      port.error("number", "is missing; every server has a port");
      return OptionalInt.empty();
    }
    sources.add("port", port.ref("number"));
    return port.integer("number", 1, LAST_PORT);
  }

  private String nameOf(TracedFields port, OptionalInt number, Sources.Builder sources) {
    var said = port.text("name").filter(name -> !name.isBlank());
    if (said.isEmpty()) {
      port.error("name", "is missing; every port of a Gateway has a name");
    } else {
      sources.add("name", port.ref("name"));
    }
    var wanted = said.orElse("port-" + number.orElse(0));
    var fitting = wanted.substring(0, Math.min(wanted.length(), LONGEST_NAME - 4));
    var name = wanted.length() > LONGEST_NAME ? fitting : wanted;
    for (int i = 2; !names.add(name); i++) {
      name = fitting + "-" + i;
    }
    return name;
  }

  private List<Server.Host> hostsOf(TracedFields server, Sources.Builder sources) {
    var hosts = new ArrayList<Server.Host>();
    var texts = server.texts("hosts");
    for (int i = 0; i < texts.size(); i++) {
      var ref = server.trace().ref(server.pathOf("hosts") + "[" + i + "]");
      sources.add("hosts[" + i + "]", ref);
      hostOf(texts.get(i), ref)
          .ifPresentOrElse(
              hosts::add,
              () ->
                  server
                      .trace()
                      .error(
                          ref.path(),
                          "must be a host such as shop.example.org, *.example.org or *"));
    }
    if (texts.isEmpty()) {
      server.error("hosts", "is missing; every server names its hosts");
    }
    return hosts;
  }

  private Optional<Server.Host> hostOf(String text, FieldRef ref) {
    int slash = text.indexOf('/');
    var from = slash < 0 ? "*" : text.substring(0, slash);
    var name = text.substring(slash + 1).toLowerCase(Locale.ROOT);
    var home =
        switch (from) {
          case "*" -> "";
          case "." -> namespace;
          default -> from;
        };
    boolean isHost =
        !name.isBlank()
            && (name.equals(HostConditions.ANY)
                || !name.replaceFirst("^\\*\\.", "").contains(HostConditions.ANY));
    return isHost ? Optional.of(new Server.Host(home, name, ref)) : Optional.empty();
  }

  private static Optional<Opened> open(
      TracedFields server, TracedFields port, String protocol, Sources.Builder sources) {
    if (port.has("protocol")) {
      sources.add("kind", port.ref("protocol"));
    }
    return switch (protocol) {
      case "HTTP", "HTTP2", "GRPC", "GRPC-WEB" -> {
        tellUnusedTls(server);
        yield Optional.of(new Opened(Listener.Kind.HTTP, Optional.empty()));
      }
      case "HTTPS" -> openTls(server, Listener.Kind.HTTPS, sources);
      case "TLS" -> openTls(server, Listener.Kind.TCP, sources);
      case "TCP" ->
          server.has("tls")
              ? openTls(server, Listener.Kind.TCP, sources)
              : Optional.of(new Opened(Listener.Kind.TCP, Optional.empty()));
      case "MONGO" -> {
        tellUnusedTls(server);
        port.approximate("protocol", "is TCP for other meshes' gateways", "");
        yield Optional.of(new Opened(Listener.Kind.TCP, Optional.empty()));
      }
      default -> {
        port.error(
            "protocol",
            "must be HTTP, HTTPS, GRPC, GRPC-WEB, HTTP2, MONGO, TCP or TLS, but is '"
                + protocol
                + "'");
        yield Optional.empty();
      }
    };
  }

  private static Optional<Opened> openTls(
      TracedFields server, Listener.Kind ended, Sources.Builder sources) {
    var tls = server.object("tls");
    if (!server.has("tls")) {
      server.error("tls", "is missing; a server for HTTPS or TLS says how it treats TLS");
      return Optional.empty();
    }
    return switch (new ServerTls(tls, sources).read()) {
      case ServerTls.Ending.Here here -> Optional.of(new Opened(ended, Optional.of(here.tls())));
      case ServerTls.Ending.Nowhere ignored ->
          Optional.of(new Opened(Listener.Kind.TLS, Optional.empty()));
      case ServerTls.Ending.Unsayable unsayable -> {
        tls.drop(unsayable.field(), unsayable.reason() + "; the server is left out", "");
        yield Optional.empty();
      }
      case ServerTls.Ending.Wrong ignored -> Optional.empty();
    };
  }

  private static void tellUnusedTls(TracedFields server) {
    var tls = server.object("tls");
    tls.names().stream()
        .filter(name -> !name.equals("httpsRedirect"))
        .forEach(
            name -> tls.drop(name, "counts only where TLS is spoken", "use the protocol HTTPS"));
  }

  /** Only requests in clear can be led elsewhere. */
  private static Optional<FieldRef> redirectOf(TracedFields server) {
    var tls = server.object("tls");
    boolean wanted = tls.flag("httpsRedirect").orElse(false);
    return wanted ? Optional.of(tls.ref("httpsRedirect")) : Optional.empty();
  }

  private static void leaveOut(TracedFields server) {
    for (String field : List.of("hosts", "port", "tls")) {
      server.ignore(field);
    }
    server
        .trace()
        .lose(
            server.path(),
            Outcome.DROPPED,
            "the server is left out",
            "see what is said of its fields");
  }
}
