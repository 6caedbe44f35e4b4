package io.meshbridge.adapter.consul;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a server tells, in the words in which it takes the same. */
final class ToldObjects {
  /** They change with every write, also if nothing else does. */
  private static final Set<String> INDEXES = Set.of("CreateIndex", "ModifyIndex", "Hash");

  private ToldObjects() {}

  /** An answer of the health API as a registration. */
  static Map<String, Object> registration(Map<String, Object> told) {
    var node = Fields.object(told, "Node");
    var registration = new LinkedHashMap<String, Object>();
    registration.put("Node", Fields.text(node, "Node"));
    registration.put("Address", Fields.text(node, "Address"));
    registration.put("Datacenter", Fields.text(node, "Datacenter"));
    registration.put("NodeMeta", Fields.texts(node, "Meta"));
    registration.put("Service", said(Fields.object(told, "Service")));
    registration.put("Checks", said(told).getOrDefault("Checks", List.of()));
    return registration;
  }

  /** An element of the list of intentions as a source of a {@code service-intentions} entry. */
  static Map<String, Object> intentionSource(Map<String, Object> told) {
    var source = new LinkedHashMap<String, Object>();
    source.put("Name", Fields.text(told, "SourceName"));
    source.put("Namespace", Fields.text(told, "SourceNS"));
    source.put("Action", Fields.text(told, "Action"));
    source.put("Permissions", Fields.list(told, "Permissions"));
    source.values().removeIf(value -> value.equals("") || value.equals(List.of()));
    return source;
  }

  /** Without indexes, and without what is empty. */
  static Map<String, Object> said(Map<?, ?> told) {
    var said = new LinkedHashMap<String, Object>();
    told.forEach(
        (key, value) -> {
          if (!INDEXES.contains(String.valueOf(key))) {
            Optional.ofNullable(value)
                .flatMap(ToldObjects::saidValue)
                .ifPresent(some -> said.put(String.valueOf(key), some));
          }
        });
    return said;
  }

  private static Optional<Object> saidValue(Object value) {
    return switch (value) {
      case Map<?, ?> map -> Optional.<Object>of(said(map)).filter(said -> !said.equals(Map.of()));
      case List<?> list ->
          Optional.<Object>of(
                  list.stream()
                      .filter(Objects::nonNull)
                      .map(item -> saidValue(item).orElse(Map.of()))
                      .toList())
              .filter(said -> !said.equals(List.of()));
      default -> Optional.of(value);
    };
  }
}
