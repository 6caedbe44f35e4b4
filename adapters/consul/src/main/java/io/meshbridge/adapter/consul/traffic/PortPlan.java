package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.ServicePort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The config entries of one port of an import, while they are decided on.
 *
 * @param name the Consul service of that port
 * @param port it
 * @param neighbours what the places are called that its rules lead to
 * @param version what the server can be told
 * @param losses what it cannot
 * @param entries what was decided on
 * @param onlyName whether the service has no instance
 */
record PortPlan(
    String name,
    ServicePort port,
    Neighbours neighbours,
    ServerVersion version,
    LossBook losses,
    List<WantedEntry> entries,
    boolean onlyName) {
  private static final String NOBODY = "-none";
  private static final String RULE = "-r";

  PortPlan(
      String name,
      ServicePort port,
      Neighbours neighbours,
      ServerVersion version,
      LossBook losses) {
    this(name, port, neighbours, version, losses, new ArrayList<>(), false);
  }

  /** A service that is nothing but a name, under which a gateway's requests are routed. */
  static PortPlan ofName(
      String name,
      ServicePort port,
      Neighbours neighbours,
      ServerVersion version,
      LossBook losses) {
    return new PortPlan(name, port, neighbours, version, losses, new ArrayList<>(), true);
  }

  void add(ConfigKind kind, String service, Map<String, Object> fields) {
    entries.add(WantedEntry.of(kind, service, fields));
  }

  /** Says what the service speaks, without which Consul refuses routes to it. */
  void addProtocol(String service) {
    add(
        ConfigKind.SERVICE_DEFAULTS,
        service,
        Map.of("Protocol", port.protocol().name().toLowerCase(Locale.ROOT)));
  }

  /** A service that is nothing but a name, under which requests are shared. */
  void addSplitter(String service, List<Map<String, Object>> splits) {
    addProtocol(service);
    var fields = new LinkedHashMap<String, Object>();
    fields.put("Splits", splits);
    add(ConfigKind.SERVICE_SPLITTER, service, fields);
  }

  /** What the service is called under which a rule's requests are shared. */
  String nameOfSplit(int rule) {
    return PortNames.label(name + RULE + (rule + 1));
  }

  /** A service that has no instance, where requests go that must not be answered. */
  String nobody() {
    if (onlyName) {
      return name;
    }
    var nobody = PortNames.label(name + NOBODY);
    if (entries.stream().noneMatch(entry -> entry.name().equals(nobody))) {
      addProtocol(nobody);
    }
    return nobody;
  }
}
