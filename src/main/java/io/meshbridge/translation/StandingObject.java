package io.meshbridge.translation;

import io.meshbridge.model.Ownership;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.NativeDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * An object that stands in a target.
 *
 * @param ownership whose import it is, if it is one of this federation's in this target
 */
record StandingObject(NativeReference reference, Document document, Optional<Ownership> ownership) {
  /** What an API server writes by itself. */
  private static final Set<String> SERVER_METADATA =
      Set.of(
          "uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "selfLink");

  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  /** What it fills in where nobody says anything, by kind; each a field of {@code spec}. */
  private static final Map<String, Set<String>> SERVER_DEFAULTS =
      Map.of(
          "Service",
          Set.of(
              "clusterIP",
              "clusterIPs",
              "ipFamilies",
              "ipFamilyPolicy",
              "internalTrafficPolicy",
              "sessionAffinity"));

  /** What Consul writes by itself. */
  private static final Set<String> CONSUL_INDEXES = Set.of("CreateIndex", "ModifyIndex", "Hash");

  /** What it says, without what only a server writes. */
  NativeDocument said() {
    return new NativeDocument(reference.text(), withoutServersFields(document.content()));
  }

  /** What it says of what is wanted, where a server tells it. */
  NativeDocument saidLike(NativeDocument wanted) {
    return new NativeDocument(
        reference.text(), ToldState.like(wanted.content(), document.content()));
  }

  /** The same as {@link #said()}, with its fields in the order of another state of the object. */
  NativeDocument saidInTheOrderOf(NativeDocument other) {
    var ordered = ordered(said().content(), other.content());
    var content = new LinkedHashMap<String, Object>();
    if (ordered instanceof Map<?, ?> map) {
      map.forEach((key, value) -> content.put(String.valueOf(key), value));
    }
    return new NativeDocument(reference.text(), content);
  }

  private static Map<String, Object> withoutServersFields(Map<String, Object> content) {
    var copy = new LinkedHashMap<>(content);
    copy.keySet().removeAll(CONSUL_INDEXES);
    if (!(content.get("kind") instanceof String kind)) {
      return copy;
    }
    copy.remove("status");
    replace(copy, "metadata", StandingObject::withoutServersMetadata);
    replace(copy, "spec", spec -> without(spec, SERVER_DEFAULTS.getOrDefault(kind, Set.of())));
    return copy;
  }

  private static Map<Object, Object> withoutServersMetadata(Map<?, ?> metadata) {
    var copy = without(metadata, SERVER_METADATA);
    if (copy.get("annotations") instanceof Map<?, ?> annotations) {
      var rest = without(annotations, Set.of(LAST_APPLIED));
      if (rest.isEmpty()) {
        copy.remove("annotations");
      } else {
        copy.put("annotations", rest);
      }
    }
    return copy;
  }

  private static void replace(
      Map<String, Object> content, String field, Function<Map<?, ?>, Map<Object, Object>> change) {
    if (content.get(field) instanceof Map<?, ?> map) {
      content.put(field, change.apply(map));
    }
  }

  private static Map<Object, Object> without(Map<?, ?> map, Set<String> fields) {
    var copy = new LinkedHashMap<Object, Object>(map);
    copy.keySet().removeAll(fields);
    return copy;
  }

  /** Two states that say the same shall look the same, whoever has written them down. */
  private static Object ordered(Object value, Object like) {
    if (value instanceof Map<?, ?> map && like instanceof Map<?, ?> model) {
      var copy = new LinkedHashMap<Object, Object>();
      model.forEach((key, other) -> putOrdered(copy, map, key, other));
      map.forEach(copy::putIfAbsent);
      return copy;
    }
    if (value instanceof List<?> list && like instanceof List<?> model) {
      var copy = new ArrayList<Object>();
      for (int i = 0; i < list.size(); i++) {
        copy.add(i < model.size() ? ordered(list.get(i), model.get(i)) : list.get(i));
      }
      return copy;
    }
    return value;
  }

  private static void putOrdered(Map<Object, Object> copy, Map<?, ?> map, Object key, Object like) {
    Optional.<Object>ofNullable(map.get(key))
        .ifPresent(value -> copy.put(key, ordered(value, like)));
  }
}
