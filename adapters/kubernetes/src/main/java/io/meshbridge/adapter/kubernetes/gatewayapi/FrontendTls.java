package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.ListenerTls;
import io.meshbridge.spi.reading.TracedFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a Gateway as a whole says of TLS: which clients it lets in by their certificates. */
final class FrontendTls {
  private final Optional<Check> usual;
  private final Map<Integer, Check> byPort = new TreeMap<>();
  private final List<Check> used = new ArrayList<>();

  /**
   * How clients are checked.
   *
   * @param mode whether they have to show a certificate
   * @param refs where that was declared
   */
  record Check(TracedFields holder, ListenerTls.Mode mode, List<FieldRef> refs) {
    Check {
      refs = List.copyOf(refs);
    }
  }

  private FrontendTls(Optional<Check> usual) {
    this.usual = usual;
  }

  static FrontendTls read(TracedFields tls) {
    tls.object("backend")
        .drop(
            "clientCertificateRef",
            "what the gateway shows to the services behind it does not travel",
            "");
    var frontend = tls.object("frontend");
    var usual = frontend.object("default");
    var read =
        new FrontendTls(
            usual.has("validation")
                ? Optional.of(checkOf(usual, usual.object("validation"), List.of()))
                : Optional.empty());
    for (TracedFields each : frontend.objects("perPort")) {
      var port = each.integer("port", 1, ApiListenerReader.LAST_PORT);
      var check = checkOf(each, each.object("tls").object("validation"), List.of(each.ref("port")));
      if (port.isPresent()) {
        read.byPort.putIfAbsent(port.getAsInt(), check);
      }
    }
    return read;
  }

  /** How clients are checked at a port where TLS ends; empty if they are not. */
  Optional<Check> at(int port) {
    var check = Optional.ofNullable(byPort.get(port)).or(() -> usual);
    check.ifPresent(used::add);
    return check;
  }

  /** Tells what is said of ports that end no TLS for requests. */
  void tellUnused() {
    var reason = "no listener ends TLS there for requests";
    usual
        .filter(check -> !used.contains(check))
        .ifPresent(check -> check.holder().object("validation").drop("mode", reason, ""));
    byPort.values().stream()
        .filter(check -> !used.contains(check))
        .forEach(
            check -> {
              check.holder().drop("port", reason, "");
              check.holder().object("tls").object("validation").drop("mode", reason, "");
            });
  }

  private static Check checkOf(
      TracedFields holder, TracedFields validation, List<FieldRef> declared) {
    var refs = new ArrayList<>(declared);
    if (validation.has("mode")) {
      refs.add(validation.ref("mode"));
    }
    boolean checks = validation.has("caCertificateRefs") || validation.has("mode");
    validation.drop(
        "caCertificateRefs",
        "what clients' certificates are checked with does not travel",
        "put it beside the target's gateway");
    return new Check(holder, checks ? modeOf(validation) : ListenerTls.Mode.TERMINATE, refs);
  }

  private static ListenerTls.Mode modeOf(TracedFields validation) {
    var word = validation.text("mode").orElse("AllowValidOnly");
    switch (word) {
      case "AllowValidOnly" -> {
        return ListenerTls.Mode.MUTUAL;
      }
      case "AllowInsecureFallback" -> {
        validation.approximate(
            "mode", "clients are not asked for a certificate that need not be valid", "");
        return ListenerTls.Mode.TERMINATE;
      }
      default -> {
        validation.error(
            "mode", "must be AllowValidOnly or AllowInsecureFallback, but is '" + word + "'");
        return ListenerTls.Mode.MUTUAL;
      }
    }
  }
}
