package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.traffic.HostConditions;
import io.meshbridge.model.traffic.Listener;
import io.meshbridge.model.traffic.ListenerTls;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.spi.reading.TracedFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Reads the listeners of a Gateway. */
final class ApiListenerReader {
  static final int LAST_PORT = 65_535;

  /** As the Gateway API's schema has it. */
  static final Pattern HOST =
      Pattern.compile("(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private static final int LONGEST_NAME = 63;

  private final String namespace;
  private final FrontendTls frontend;
  private final NamespaceLabels labels;
  private final List<ApiListener> read = new ArrayList<>();

  /** Reads for a Gateway in that namespace. */
  ApiListenerReader(String namespace, FrontendTls frontend, NamespaceLabels labels) {
    this.namespace = namespace;
    this.frontend = frontend;
    this.labels = labels;
  }

  /** All of them that are right and that other meshes could have. */
  List<ApiListener> read(TracedFields spec) {
    if (spec.objects("listeners").isEmpty()) {
      spec.error("listeners", "is missing; a Gateway without listeners takes nothing");
    }
    for (TracedFields listener : spec.objects("listeners")) {
      one(listener)
          .filter(found -> !conflicts(found, listener))
          .ifPresentOrElse(read::add, () -> leaveOut(listener));
    }
    return List.copyOf(read);
  }

  private Optional<ApiListener> one(TracedFields listener) {
    var sources = new Sources.Builder();
    var name = listener.text("name").filter(text -> !text.isBlank());
    if (name.isEmpty()) {
      listener.error("name", "is missing; every listener has a name");
    } else {
      sources.add("name", listener.ref("name"));
    }
    var port = portOf(listener, sources);
    var opened = open(listener, port, sources);
    if (name.isEmpty() || port.isEmpty() || opened.isEmpty()) {
      return Optional.empty();
    }
    var kind = opened.orElseThrow().kind();
    var host = hostOf(listener, kind, sources);
    var allowed =
        AllowedRoutes.read(
            new SourcedFields(listener, sources, "routes").object("allowedRoutes"),
            kind,
            namespace,
            labels);
    return host.map(
        text ->
            new ApiListener(
                new Listener(
                    nameAmongOthers(name.orElseThrow()),
                    port.getAsInt(),
                    kind,
                    text.equals(HostConditions.ANY) ? List.of() : List.of(text),
                    opened.orElseThrow().tls(),
                    sources.build()),
                name.orElseThrow(),
                text,
                listener.has("hostname") && kind != Listener.Kind.TCP
                    ? Optional.of(listener.ref("hostname"))
                    : Optional.empty(),
                listener.ref("port"),
                allowed));
  }

  private static OptionalInt portOf(TracedFields listener, Sources.Builder sources) {
    if (!listener.has("port")) {
      listener.error("port", "is missing; every listener has a port");
      return OptionalInt.empty();
    }
    sources.add("port", listener.ref("port"));
    return listener.integer("port", 1, LAST_PORT);
  }

  /** What a listener takes, and how TLS ends there. */
  private record Opened(Listener.Kind kind, Optional<ListenerTls> tls) {}

  private Optional<Opened> open(TracedFields listener, OptionalInt port, Sources.Builder sources) {
    var protocol = listener.text("protocol").orElse("");
    if (listener.has("protocol")) {
      sources.add("kind", listener.ref("protocol"));
    }
    return switch (protocol) {
      case "HTTP" -> Optional.of(inClear(listener, Listener.Kind.HTTP));
      case "TCP" -> Optional.of(inClear(listener, Listener.Kind.TCP));
      case "HTTPS", "TLS" -> openTls(listener, protocol.equals("HTTPS"), port, sources);
      case "" -> {
        listener.error("protocol", "is missing; a listener says HTTP, HTTPS, TLS or TCP");
        yield Optional.empty();
      }
      case "UDP", "HBONE" -> {
        listener.drop("protocol", "no other mesh takes " + protocol + " from outside", "");
        yield Optional.empty();
      }
      default -> {
        if (protocol.contains("/")) {
          listener.drop("protocol", "is known to one make of gateway alone", "");
        } else {
          listener.error("protocol", "must be HTTP, HTTPS, TLS or TCP, but is '" + protocol + "'");
        }
        yield Optional.empty();
      }
    };
  }

  private static Opened inClear(TracedFields listener, Listener.Kind kind) {
    listener.drop("tls", "counts only where TLS is spoken", "use the protocol HTTPS or TLS");
    return new Opened(kind, Optional.empty());
  }

  private Optional<Opened> openTls(
      TracedFields listener, boolean requests, OptionalInt port, Sources.Builder sources) {
    if (!listener.has("tls")) {
      listener.error("tls", "is missing; a listener for HTTPS or TLS says how it treats TLS");
      return Optional.empty();
    }
    var fields = listener.object("tls");
    var tls = new ApiListenerTls(fields, sources);
    var passes = tls.passesThrough();
    if (passes.isEmpty()) {
      return Optional.empty();
    }
    if (passes.get()) {
      if (requests) {
        fields.error("mode", "must be Terminate where the protocol is HTTPS; for SNI use TLS");
        return Optional.empty();
      }
      return Optional.of(new Opened(Listener.Kind.TLS, Optional.empty()));
    }
    var check =
        requests && port.isPresent()
            ? frontend.at(port.getAsInt())
            : Optional.<FrontendTls.Check>empty();
    var kind = requests ? Listener.Kind.HTTPS : Listener.Kind.TCP;
    return tls.ended(check).map(ended -> new Opened(kind, Optional.of(ended)));
  }

  private static Optional<String> hostOf(
      TracedFields listener, Listener.Kind kind, Sources.Builder sources) {
    if (kind == Listener.Kind.TCP) {
      listener.drop("hostname", "is not looked at where nobody looks into connections", "");
      return Optional.of(HostConditions.ANY);
    }
    var host = listener.text("hostname").filter(text -> !text.isEmpty());
    if (host.isEmpty()) {
      return Optional.of(HostConditions.ANY);
    }
    sources.add("hosts[0]", listener.ref("hostname"));
    if (!HOST.matcher(host.orElseThrow()).matches()) {
      listener.error(
          "hostname",
          "must be a host such as shop.example.org or *.example.org; for all, leave it out");
      return Optional.empty();
    }
    return host;
  }

  /** A name may be longer here than elsewhere. */
  private String nameAmongOthers(String wanted) {
    if (wanted.length() <= LONGEST_NAME) {
      return wanted;
    }
    var fitting = wanted.substring(0, LONGEST_NAME - 4);
    var name = fitting;
    for (int i = 2; isTaken(name); i++) {
      name = fitting + "-" + i;
    }
    return name;
  }

  private boolean isTaken(String name) {
    return read.stream().anyMatch(other -> other.listener().name().equals(name));
  }

  /** Of two that cannot be told apart none is served (Gateway API, "distinct listeners"). */
  private boolean conflicts(ApiListener found, TracedFields listener) {
    for (ApiListener other : read) {
      if (other.name().equals(found.name())) {
        listener.error("name", "is that of another listener, too");
        return true;
      }
      boolean alike = classOf(other) == classOf(found) && !other.host().equals(found.host());
      if (other.number() == found.number() && !alike) {
        listener.error(
            "port", "listener '" + other.name() + "' takes the same there; tell them by hostnames");
        return true;
      }
    }
    return false;
  }

  /** How those of one port are told apart: by the host of requests in clear, by SNI, not at all. */
  private static int classOf(ApiListener listener) {
    return switch (listener.listener().kind()) {
      case HTTP -> 0;
      case HTTPS, TLS -> 1;
      case TCP -> 2;
    };
  }

  private static void leaveOut(TracedFields listener) {
    for (String field : List.of("name", "hostname", "port", "tls", "allowedRoutes")) {
      listener.ignore(field);
    }
    listener
        .trace()
        .lose(
            listener.path(),
            Outcome.DROPPED,
            "the listener is left out",
            "see what is said of its fields");
  }
}
