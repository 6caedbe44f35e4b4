package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.ListenerTls;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.spi.reading.TracedFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The TLS of a gateway, of a listener, or of a service at a listener: the nearer one has more to
 * say, but none can switch off what one around it switched on (agent/xds/listeners_ingress.go).
 */
final class GatewayTlsReader {
  private static final Map<String, String> VERSIONS =
      Map.of("TLSV1_0", "1.0", "TLSV1_1", "1.1", "TLSV1_2", "1.2", "TLSV1_3", "1.3");

  private static final String COUNTS_NOWHERE =
      "TLS ends at no listener, or each says something else";

  private static final String OWN_PROXIES = "this is how the mesh's own proxies work";

  private final TracedFields fields;
  private final List<FieldRef> enabled = new ArrayList<>();
  private final List<String> certificates = new ArrayList<>();
  private final List<FieldRef> certificateRefs = new ArrayList<>();
  private Optional<String> minVersion = Optional.empty();
  private boolean certificateCounts;
  private boolean versionCounts;

  private GatewayTlsReader(TracedFields fields) {
    this.fields = fields;
  }

  /** Reads one of the places; what stands there for nothing is told by {@link #dropUnused}. */
  static GatewayTlsReader read(TracedFields fields) {
    var reader = new GatewayTlsReader(fields);
    if (fields.flag("Enabled").orElse(false)) {
      reader.enabled.add(fields.ref("Enabled"));
    }
    reader.readCertificate(fields.object("SDS"));
    reader.minVersion = reader.version();
    fields.drop("TLSMaxVersion", OWN_PROXIES, "");
    fields.drop("CipherSuites", OWN_PROXIES, "");
    return reader;
  }

  private void readCertificate(TracedFields sds) {
    sds.drop(
        "ClusterName", "where the mesh's own proxies fetch certificates matters only in it", "");
    sds.text("CertResource")
        .filter(name -> !name.isEmpty())
        .ifPresent(
            name -> {
              certificates.add(name);
              certificateRefs.add(sds.ref("CertResource"));
            });
  }

  private Optional<String> version() {
    var word = fields.text("TLSMinVersion").filter(text -> !text.isEmpty());
    if (word.isEmpty() || word.get().equalsIgnoreCase("TLS_AUTO")) {
      return Optional.empty();
    }
    var version = Optional.ofNullable(VERSIONS.get(word.get().toUpperCase(Locale.ROOT)));
    if (version.isEmpty()) {
      fields.error(
          "TLSMinVersion",
          "must be one of TLS_AUTO, TLSv1_0, TLSv1_1, TLSv1_2 and TLSv1_3, but is '"
              + word.get()
              + "'");
    }
    return version;
  }

  /**
   * How TLS ends at a listener.
   *
   * @param around what the gateway says, for all of its listeners
   * @param within what its services say, each for its hosts
   * @return empty if it does not
   */
  Optional<ListenerTls> of(
      GatewayTlsReader around, List<GatewayTlsReader> within, Sources.Builder sources) {
    if (!isOn() && !around.isOn()) {
      return Optional.empty();
    }
    var names = new ArrayList<String>();
    add(certificates.isEmpty() ? around : this, names, sources);
    within.forEach(service -> add(service, names, sources));
    around.tellEnabled(sources);
    tellEnabled(sources);
    var version = minVersion.isPresent() ? this : around;
    if (version.minVersion.isPresent()) {
      version.versionCounts = true;
      sources.add("tls.minVersion", version.fields.ref("TLSMinVersion"));
    }
    return Optional.of(
        new ListenerTls(
            ListenerTls.Mode.TERMINATE, names.stream().distinct().toList(), version.minVersion));
  }

  /** A certificate alone switches TLS on. */
  private boolean isOn() {
    return !enabled.isEmpty() || !certificates.isEmpty();
  }

  private void tellEnabled(Sources.Builder sources) {
    (enabled.isEmpty() ? certificateRefs : enabled).forEach(ref -> sources.add("tls.mode", ref));
  }

  private static void add(GatewayTlsReader of, List<String> names, Sources.Builder sources) {
    of.certificateCounts = true;
    names.addAll(of.certificates);
    of.certificateRefs.forEach(ref -> sources.add("tls.certificates", ref));
  }

  /** What counts for no listener. */
  void dropUnused() {
    if (minVersion.isPresent() && !versionCounts) {
      fields.drop("TLSMinVersion", COUNTS_NOWHERE, "");
    }
    if (!certificates.isEmpty() && !certificateCounts) {
      fields.object("SDS").drop("CertResource", COUNTS_NOWHERE, "");
    }
  }
}
