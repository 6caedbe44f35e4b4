package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.HeaderChange;
import io.meshbridge.spi.reading.TracedFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads what a rule, or a destination of it, does to headers. A change of the host is one of the
 * request's target (pilot's {@code TranslateHeadersOperations}).
 *
 * @param request of the request
 * @param response of the response
 * @param host the new host of the request
 */
record HeaderReader(
    Sourced<HeaderChange> request, Sourced<HeaderChange> response, Optional<Sourced<String>> host) {
  /** Reads the field {@code headers} of a rule or a destination. */
  static HeaderReader of(TracedFields holder) {
    var headers = holder.object("headers");
    var hosts = new ArrayList<Sourced<String>>();
    var request = changeOf(headers.object("request"), hosts, true);
    var response = changeOf(headers.object("response"), hosts, false);
    return new HeaderReader(request, response, hosts.stream().findFirst());
  }

  private static Sourced<HeaderChange> changeOf(
      TracedFields operations, List<Sourced<String>> hosts, boolean isRequest) {
    var refs = new ArrayList<FieldRef>();
    var set = valuesOf(operations, "set", hosts, isRequest, refs);
    var add = valuesOf(operations, "add", hosts, isRequest, refs);
    var remove = new TreeSet<String>();
    var names = operations.texts("remove");
    for (int i = 0; i < names.size(); i++) {
      var at = operations.pathOf("remove") + "[" + i + "]";
      if (isInternal(names.get(i))) {
        operations
            .trace()
            .warn(at, "'" + names.get(i) + "' cannot be removed; Istio passes over it");
      } else {
        remove.add(names.get(i).toLowerCase(Locale.ROOT));
        refs.add(operations.trace().ref(at));
      }
    }
    return new Sourced<>(new HeaderChange(set, add, remove), refs);
  }

  private static SortedMap<String, String> valuesOf(
      TracedFields operations,
      String name,
      List<Sourced<String>> hosts,
      boolean isRequest,
      List<FieldRef> refs) {
    var values = new TreeMap<String, String>();
    var field = operations.object(name);
    operations
        .textMap(name)
        .forEach(
            (header, value) -> {
              if (isHost(header) && isRequest) {
                hosts.add(Sourced.of(value, field.ref(header)));
              } else if (isInternal(header)) {
                field.warn(header, "cannot be changed; Istio passes over it");
              } else {
                values.put(header.toLowerCase(Locale.ROOT), value);
                refs.add(field.ref(header));
              }
            });
    return values;
  }

  private static boolean isHost(String header) {
    return header.equalsIgnoreCase("host") || header.equalsIgnoreCase(":authority");
  }

  private static boolean isInternal(String header) {
    return header.startsWith(":") || header.equalsIgnoreCase("host");
  }
}
