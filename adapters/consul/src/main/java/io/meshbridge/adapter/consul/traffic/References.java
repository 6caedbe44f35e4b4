package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.spi.reading.TracedFields;
import java.util.TreeSet;

/** Which other services an entry sends requests to. */
final class References {
  private References() {}

  static TreeSet<ServiceName> of(ConfigEntry entry) {
    var fields = entry.open().fields();
    var found = new TreeSet<ServiceName>();
    switch (entry.kind()) {
      case SERVICE_ROUTER ->
          fields.objects("Routes").forEach(r -> add(r.object("Destination"), entry, found));
      case SERVICE_SPLITTER -> fields.objects("Splits").forEach(s -> add(s, entry, found));
      case SERVICE_RESOLVER -> {
        add(fields.object("Redirect"), entry, found);
        fields
            .objectMap("Failover")
            .values()
            .forEach(
                failover -> {
                  add(failover, entry, found);
                  failover.objects("Targets").forEach(target -> add(target, entry, found));
                });
      }
      case INGRESS_GATEWAY ->
          fields
              .objects("Listeners")
              .forEach(
                  listener ->
                      listener
                          .objects("Services")
                          .forEach(service -> add(service, "Name", entry, found)));
      case SERVICE_DEFAULTS, PROXY_DEFAULTS -> {}
    }
    if (entry.kind().isOfService()) {
      found.remove(entry.name());
    }
    return found;
  }

  private static void add(TracedFields place, ConfigEntry entry, TreeSet<ServiceName> found) {
    add(place, "Service", entry, found);
  }

  private static void add(
      TracedFields place, String field, ConfigEntry entry, TreeSet<ServiceName> found) {
    var namespace = place.text("Namespace").orElse(entry.name().namespace());
    place
        .text(field)
        .filter(service -> !service.isEmpty())
        .ifPresent(service -> found.add(ServiceName.of(namespace, service)));
  }
}
