package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.ContentHash;
import io.meshbridge.spi.reading.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares what was written with what the server tells of it. The server writes out empty fields,
 * adds the names of the default namespace and partition, and tells some durations in nanoseconds.
 */
public final class SaidFields {
  private static final Set<String> PLACES = Set.of("Namespace", "Partition");
  private static final String DEFAULT = "default";

  private SaidFields() {}

  /** Whether the server's form says the same. */
  public static boolean same(Object wanted, @Nullable Object told) {
    return switch (wanted) {
      case Map<?, ?> map -> told instanceof Map<?, ?> other && sameMap(map, other);
      case List<?> list -> told instanceof List<?> other && sameList(list, other);
      case String text -> told != null && sameText(text, told);
      default -> told != null && ContentHash.of(wanted).equals(ContentHash.of(told));
    };
  }

  private static boolean sameMap(Map<?, ?> wanted, Map<?, ?> told) {
    return wanted.entrySet().stream()
            .allMatch(entry -> same(entry.getValue(), told.get(entry.getKey())))
        && told.entrySet().stream()
            .filter(entry -> !wanted.containsKey(entry.getKey()))
            .allMatch(entry -> saysNothing(String.valueOf(entry.getKey()), entry.getValue()));
  }

  private static boolean sameList(List<?> wanted, List<?> told) {
    if (wanted.size() != told.size()) {
      return false;
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (!same(wanted.get(i), told.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameText(String wanted, Object told) {
    if (wanted.equals(told)) {
      return true;
    }
    var duration = duration(wanted);
    return duration.isPresent()
        && (told instanceof Number number
            ? number.longValue() == duration.get().toNanos()
            : duration.equals(duration(told.toString())));
  }

  private static Optional<Duration> duration(String text) {
    return text.startsWith("-")
        ? Durations.parse(text.substring(1)).map(Duration::negated)
        : Durations.parse(text);
  }

  private static boolean saysNothing(String field, @Nullable Object value) {
    return switch (value) {
      case null -> true;
      case Map<?, ?> map ->
          map.entrySet().stream()
              .allMatch(entry -> saysNothing(String.valueOf(entry.getKey()), entry.getValue()));
      case List<?> list -> list.isEmpty();
      case String text -> text.isEmpty() || (PLACES.contains(field) && text.equals(DEFAULT));
      case Boolean flag -> !flag;
      case Number number -> number.doubleValue() == 0;
      default -> false;
    };
  }
}
