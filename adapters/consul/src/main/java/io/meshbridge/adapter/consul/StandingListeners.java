package io.meshbridge.adapter.consul;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The listeners of a gateway that stands and is to change. */
final class StandingListeners {
  private static final String LISTENERS = "Listeners";
  private static final String SERVICES = "Services";

  private StandingListeners() {}

  /**
   * The fields of a gateway that leads only where it leads already and shall go on to.
   *
   * @return empty if that is all that stands
   */
  static Optional<Map<String, Object>> keptOf(
      Map<String, Object> told, Map<String, Object> wanted) {
    var kept = new ArrayList<Map<String, Object>>();
    var standing = Fields.objects(Fields.list(told, LISTENERS));
    var closed = false;
    for (Map<String, Object> listener : standing) {
      var services = services(listener, wanted);
      closed |= services.size() < Fields.list(listener, SERVICES).size();
      if (!services.isEmpty()) {
        var rest = new LinkedHashMap<>(listener);
        rest.put(SERVICES, services);
        kept.add(rest);
      }
    }
    if (!closed) {
      return Optional.empty();
    }
    var fields = new LinkedHashMap<>(wanted);
    fields.put(LISTENERS, kept);
    return Optional.of(fields);
  }

  private static List<Object> services(Map<String, Object> listener, Map<String, Object> wanted) {
    var port = Fields.index(listener, "Port");
    var protocol = Fields.text(listener, "Protocol");
    return Fields.objects(Fields.list(wanted, LISTENERS)).stream()
        .filter(
            other ->
                Fields.index(other, "Port") == port
                    && Fields.text(other, "Protocol").equals(protocol))
        .findFirst()
        .map(
            other ->
                Fields.list(listener, SERVICES).stream()
                    .filter(service -> names(other).contains(name(service)))
                    .toList())
        .orElse(List.of());
  }

  private static List<String> names(Map<String, Object> listener) {
    return Fields.list(listener, SERVICES).stream().map(StandingListeners::name).toList();
  }

  private static String name(Object service) {
    return Fields.text(Fields.asObject(service), "Name");
  }
}
