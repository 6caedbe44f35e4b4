package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.ListenerTls;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.spi.reading.TracedFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads how TLS ends at a server of a Gateway. */
final class ServerTls {
  private static final List<String> OF_CLIENTS =
      List.of("subjectAltNames", "verifyCertificateSpki", "verifyCertificateHash");
  private static final List<String> FILES = List.of("serverCertificate", "privateKey");

  private final TracedFields tls;
  private final Sources.Builder sources;

  ServerTls(TracedFields tls, Sources.Builder sources) {
    this.tls = tls;
    this.sources = sources;
  }

  /** What the mode means here. */
  sealed interface Ending {
    /** TLS ends at the gateway. */
    record Here(ListenerTls tls) implements Ending {}

    /** It is passed on unopened. */
    record Nowhere() implements Ending {}

    /** Other meshes cannot do so; the whole server is left out. */
    record Unsayable(String field, String reason) implements Ending {}

    /** It is not what it must be, and that has been told. */
    record Wrong() implements Ending {}
  }

  Ending read() {
    var mode = tls.text("mode").orElse("");
    if (tls.has("mode")) {
      sources.add("tls.mode", tls.ref("mode"));
    }
    return switch (mode) {
      // What is not said is passed through (the first of Istio's words).
      case "PASSTHROUGH", "" -> {
        loseCertificates("nothing is shown where TLS is passed on unopened");
        yield new Ending.Nowhere();
      }
      case "SIMPLE" -> ends(ListenerTls.Mode.TERMINATE);
      case "OPTIONAL_MUTUAL" -> {
        tls.approximate(
            "mode", "clients are not asked for a certificate that they need not show", "");
        yield ends(ListenerTls.Mode.TERMINATE);
      }
      case "MUTUAL" -> ends(ListenerTls.Mode.MUTUAL);
      case "AUTO_PASSTHROUGH" ->
          new Ending.Unsayable(
              "mode", "leads to any service that a client names, between clusters");
      case "ISTIO_MUTUAL" ->
          new Ending.Unsayable("mode", "takes callers with an identity of this mesh alone");
      default -> {
        tls.error(
            "mode",
            "must be PASSTHROUGH, SIMPLE, MUTUAL or OPTIONAL_MUTUAL, but is '" + mode + "'");
        yield new Ending.Wrong();
      }
    };
  }

  private Ending ends(ListenerTls.Mode mode) {
    // Without these it would admit clients that are kept out at home.
    for (String narrowing : OF_CLIENTS) {
      if (tls.has(narrowing)) {
        return new Ending.Unsayable(narrowing, "other meshes cannot admit single clients alone");
      }
    }
    var certificates = certificates();
    boolean files = checkFiles();
    if (certificates.isEmpty() && !files) {
      tls.error(
          "credentialName",
          "is missing; a server where TLS ends names the Secret with its certificate");
      return new Ending.Wrong();
    }
    for (String own : List.of("caCertificates", "caCertCredentialName", "caCrl")) {
      tls.drop(own, "what clients' certificates are checked with does not travel", "");
    }
    tls.drop("cipherSuites", "which ciphers are spoken is left to the target", "");
    tls.drop("maxProtocolVersion", "which version is the newest is left to the target", "");
    return new Ending.Here(new ListenerTls(mode, certificates, minVersion()));
  }

  private List<String> certificates() {
    var names = new ArrayList<String>();
    tls.text("credentialName")
        .filter(name -> !name.isBlank())
        .ifPresent(
            name -> {
              sources.add("tls.certificates", tls.ref("credentialName"));
              names.add(name);
            });
    var more = tls.texts("credentialNames");
    for (int i = 0; i < more.size(); i++) {
      sources.add(
          "tls.certificates", tls.trace().ref(tls.pathOf("credentialNames") + "[" + i + "]"));
      names.add(more.get(i));
    }
    return names.stream().distinct().toList();
  }

  /** Files are those of the gateway's own pods. */
  private boolean checkFiles() {
    boolean found = false;
    for (String file : FILES) {
      var path = tls.has(file) ? tls.text(file).orElse("") : "";
      if (tls.has(file) && !path.startsWith("/")) {
        tls.error(
            file,
            "must be the path of a file in the gateway's pods, such as /etc/certs/tls.crt, but is '"
                + path
                + "'");
      } else {
        tls.drop(file, "is a file of the gateway's own pods", "name a Secret instead");
      }
      found |= tls.has(file);
    }
    tls.drop("tlsCertificates", "are files of the gateway's own pods", "name Secrets instead");
    return found || tls.has("tlsCertificates");
  }

  private Optional<String> minVersion() {
    var word = tls.text("minProtocolVersion").orElse("");
    if (word.isEmpty()) {
      return Optional.empty();
    }
    sources.add("tls.minVersion", tls.ref("minProtocolVersion"));
    return switch (word) {
      case "TLS_AUTO" -> Optional.empty();
      case "TLSV1_0" -> Optional.of("1.0");
      case "TLSV1_1" -> Optional.of("1.1");
      case "TLSV1_2" -> Optional.of("1.2");
      case "TLSV1_3" -> Optional.of("1.3");
      default -> {
        tls.error("minProtocolVersion", "must be such as TLSV1_2, but is '" + word + "'");
        yield Optional.empty();
      }
    };
  }

  /** Loses what says how certificates are shown or checked. */
  void loseCertificates(String reason) {
    tls.names().stream()
        .filter(name -> !name.equals("mode") && !name.equals("httpsRedirect"))
        .forEach(name -> tls.drop(name, reason, ""));
  }
}
