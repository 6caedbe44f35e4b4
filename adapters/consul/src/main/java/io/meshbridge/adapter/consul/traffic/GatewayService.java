package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.spi.reading.TracedFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A service to which a listener leads.
 *
 * @param hosts that it is called by; none for Consul's own name for it
 * @param request what is done to its requests, after all that the service's own rules do
 * @param response likewise
 * @param tls the certificates for its hosts
 * @param refs the fields that name it
 * @param fields where it stands
 */
record GatewayService(
    ServiceName name,
    List<Host> hosts,
    HeaderChanges request,
    HeaderChanges response,
    GatewayTlsReader tls,
    List<FieldRef> refs,
    TracedFields fields) {
  private static final String ALL_SERVICES = "*";
  private static final String LEFT_OUT = "nobody is led there";

  /** Hosts, and where they stand. */
  record Host(HostPattern pattern, FieldRef ref) {}

  GatewayService {
    hosts = List.copyOf(hosts);
    refs = List.copyOf(refs);
  }

  /**
   * Reads one.
   *
   * @param protocol that its listener speaks
   * @return empty if it cannot be said
   */
  static Optional<GatewayService> read(TracedFields fields, ConfigEntry owner, String protocol) {
    GatewayLimits.drop(fields);
    fields.drop("Meta", "it says nothing of traffic", "");
    var isHttp = TrafficReader.isHttpLike(protocol);
    var hosts = hosts(fields, isHttp);
    var request = headers(fields, "RequestHeaders", isHttp);
    var response = headers(fields, "ResponseHeaders", isHttp);
    var tls = GatewayTlsReader.read(fields.object("TLS"));
    if (fields.text("Name").orElse("").equals(ALL_SERVICES)) {
      return leaveOutAll(fields, isHttp);
    }
    if (fields.text("Name").orElse("").isEmpty()) {
      fields.error("Name", "must name the service that the listener leads to");
      return Optional.empty();
    }
    var refs = new ArrayList<FieldRef>();
    refs.add(fields.ref("Name"));
    var namespace = fields.text("Namespace").filter(text -> !text.isEmpty());
    namespace.ifPresent(text -> refs.add(fields.ref("Namespace")));
    // With none of its hosts understood it would be open to others.
    if (isElsewhere(fields, owner) || (hosts.isEmpty() && !fields.texts("Hosts").isEmpty())) {
      return Optional.empty();
    }
    var name =
        ServiceName.of(namespace.orElse(owner.name().namespace()), fields.text("Name").orElse(""));
    return Optional.of(new GatewayService(name, hosts, request, response, tls, refs, fields));
  }

  private static boolean isElsewhere(TracedFields fields, ConfigEntry owner) {
    var home = owner.partition().isEmpty() ? "default" : owner.partition();
    if (fields.text("Partition").filter(text -> !text.isEmpty()).orElse(home).equals(home)) {
      return false;
    }
    for (String field : List.of("Partition", "Name", "Namespace", "Hosts")) {
      fields.drop(field, "another partition is another mesh: " + LEFT_OUT, "");
    }
    return true;
  }

  private static Optional<GatewayService> leaveOutAll(TracedFields fields, boolean isHttp) {
    if (isHttp) {
      fields.drop(
          "Name",
          "which services there are changes without a word here: " + LEFT_OUT,
          "name the services");
    } else {
      fields.error("Name", "only a listener for http leads to all services");
    }
    for (String field : List.of("Namespace", "Partition", "RequestHeaders", "ResponseHeaders")) {
      fields.drop(field, "it belongs to a service that is left out", "");
    }
    return Optional.empty();
  }

  private static List<Host> hosts(TracedFields fields, boolean isHttp) {
    var hosts = new ArrayList<Host>();
    var texts = fields.texts("Hosts");
    if (!texts.isEmpty() && !isHttp) {
      fields.error("Hosts", "only a listener for http tells hosts apart");
      return List.of();
    }
    for (int i = 0; i < texts.size(); i++) {
      var at = fields.pathOf("Hosts") + "[" + i + "]";
      // A port in it is that of the listener, where it has any meaning.
      var pattern = HostPattern.parse(texts.get(i).replaceFirst(":[0-9]+$", ""));
      if (pattern.isPresent()) {
        hosts.add(new Host(pattern.get(), fields.trace().ref(at)));
      } else {
        fields
            .trace()
            .error(
                at,
                "must be a host name, perhaps with '*.' before it, or '*', but is '"
                    + texts.get(i)
                    + "'");
      }
    }
    return hosts;
  }

  private static HeaderChanges headers(TracedFields fields, String field, boolean isHttp) {
    if (fields.has(field) && !isHttp) {
      fields.error(field, "only a listener for http changes headers");
      return HeaderChanges.NONE;
    }
    return HeaderChanges.read(fields.object(field));
  }
}
