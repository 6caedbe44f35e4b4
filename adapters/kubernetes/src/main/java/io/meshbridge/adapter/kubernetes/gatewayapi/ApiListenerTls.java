package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.model.NameSyntax;
import io.meshbridge.model.traffic.ListenerTls;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.spi.reading.TracedFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads how TLS ends at a listener of a Gateway. */
final class ApiListenerTls {
  // Istio's word for what the Gateway API has no field for, on a single listener.
  private static final String ISTIO_MODE = "gateway.istio.io/tls-terminate-mode";

  private final TracedFields tls;
  private final Sources.Builder sources;
  private ListenerTls.Mode mode = ListenerTls.Mode.TERMINATE;

  ApiListenerTls(TracedFields tls, Sources.Builder sources) {
    this.tls = tls;
    this.sources = sources;
  }

  /** Whether it is passed on unopened; empty, and told, if what is said is neither. */
  Optional<Boolean> passesThrough() {
    var word = tls.text("mode").orElse("Terminate");
    if (tls.has("mode")) {
      sources.add("tls.mode", tls.ref("mode"));
      sources.add("kind", tls.ref("mode"));
    }
    return switch (word) {
      case "Terminate" -> Optional.of(false);
      case "Passthrough" -> {
        var reason = "nothing is shown where TLS is passed on unopened";
        tls.drop("certificateRefs", reason, "");
        tls.drop("options", reason, "");
        yield Optional.of(true);
      }
      default -> {
        tls.error("mode", "must be Terminate or Passthrough, but is '" + word + "'");
        yield Optional.empty();
      }
    };
  }

  /**
   * How it ends; empty, and told, if that is wrong or no other mesh can have it.
   *
   * @param check what the Gateway says of clients there
   */
  Optional<ListenerTls> ended(Optional<FrontendTls.Check> check) {
    check.ifPresent(
        found -> {
          mode = found.mode();
          found.refs().forEach(ref -> sources.add("tls.mode", ref));
        });
    int faults = tls.trace().faults().size();
    boolean sayable = readOptions();
    var certificates = certificates();
    boolean wrong = tls.trace().faults().size() > faults;
    return sayable && !wrong
        ? Optional.of(new ListenerTls(mode, certificates, Optional.empty()))
        : Optional.empty();
  }

  private List<String> certificates() {
    var names = new ArrayList<String>();
    for (TracedFields ref : tls.objects("certificateRefs")) {
      nameOf(new SourcedFields(ref, sources, "tls.certificates")).ifPresent(names::add);
    }
    if (!tls.has("certificateRefs") && !tls.has("options")) {
      tls.error(
          "certificateRefs",
          "is missing; a listener where TLS ends names the Secret with its certificate");
    }
    return names.stream().distinct().toList();
  }

  private static Optional<String> nameOf(SourcedFields ref) {
    var kind = ref.text("kind").orElse("Secret");
    var group = ref.text("group").orElse("");
    ref.text("namespace");
    var name = ref.required("name");
    if (!kind.equals("Secret") || !group.isEmpty()) {
      ref.fields().warn("kind", "a " + kind + " is taken for the name of a Secret elsewhere");
    }
    return name.filter(
        text -> {
          boolean isName = NameSyntax.DNS_NAME.accepts(text);
          if (!isName) {
            ref.fields()
                .error(
                    "name",
                    "must be the name of a Secret of type kubernetes.io/tls, but is '"
                        + text
                        + "'");
          }
          return isName;
        });
  }

  private boolean readOptions() {
    boolean sayable = true;
    var options = tls.object("options");
    for (String option : options.names()) {
      if (option.equals(ISTIO_MODE)) {
        sayable = readIstioMode(options);
      } else {
        options.drop(option, "is known to one make of gateway alone", "");
      }
    }
    return sayable;
  }

  private boolean readIstioMode(TracedFields options) {
    var word = options.text(ISTIO_MODE).orElse("");
    switch (word) {
      case "MUTUAL" -> {
        mode = ListenerTls.Mode.MUTUAL;
        sources.add("tls.mode", options.ref(ISTIO_MODE));
        return true;
      }
      case "OPTIONAL_MUTUAL" -> {
        options.approximate(
            ISTIO_MODE, "clients are not asked for a certificate that they need not show", "");
        return true;
      }
      case "ISTIO_MUTUAL", "ISTIO_SIMPLE" -> {
        options.drop(
            ISTIO_MODE, "uses certificates of this mesh alone; the listener is left out", "");
        return false;
      }
      default -> {
        options.error(ISTIO_MODE, "must be MUTUAL or OPTIONAL_MUTUAL, but is '" + word + "'");
        return false;
      }
    }
  }
}
