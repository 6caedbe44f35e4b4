package io.meshbridge.translation;

import io.meshbridge.model.ContentHash;
import io.meshbridge.spi.reading.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a server tells of an object, as far as somebody has written it: servers fill in defaults,
 * write out what is empty, and spell durations in their own way. Fields that are not wanted belong
 * to others; that one of ours is no longer wanted shows in the hash among our marks.
 */
final class ToldState {
  /** Lists to whose items a server adds fields, by the kind and the path. */
  private static final Set<String> FILLED_LISTS = Set.of("Service spec.ports");

  private final String kind;

  private ToldState(String kind) {
    this.kind = kind;
  }

  /** The fields of what is told that are wanted, in the words in which they are wanted. */
  static Map<String, Object> like(Map<String, Object> wanted, Map<String, Object> told) {
    var kind = String.valueOf(wanted.getOrDefault("kind", ""));
    return new ToldState(kind).fields(wanted, told, "", false);
  }

  /**
   * @param whole whether also counts what is not wanted, as in the items of a list
   */
  private Map<String, Object> fields(Map<?, ?> wanted, Map<?, ?> told, String path, boolean whole) {
    var like = new LinkedHashMap<String, Object>();
    wanted.forEach(
        (key, value) ->
            value(value, told.get(key), path + "." + key, whole)
                .ifPresent(found -> like.put(String.valueOf(key), found)));
    if (whole) {
      told.forEach(
          (key, value) -> {
            if (!wanted.containsKey(key) && !saysNothing(value)) {
              like.put(String.valueOf(key), value);
            }
          });
    }
    return like;
  }

  private Optional<Object> value(Object wanted, @Nullable Object told, String path, boolean whole) {
    if (told == null) {
      return saysNothing(wanted) ? Optional.of(wanted) : Optional.empty();
    }
    if (wanted instanceof Map<?, ?> map && told instanceof Map<?, ?> other) {
      return Optional.of(fields(map, other, path, whole));
    }
    if (wanted instanceof List<?> list && told instanceof List<?> other) {
      return Optional.of(items(list, other, path));
    }
    return Optional.of(isSame(wanted, told) ? wanted : told);
  }

  private List<Object> items(List<?> wanted, List<?> told, String path) {
    boolean whole = !FILLED_LISTS.contains(kind + " " + path.substring(1));
    var items = new ArrayList<Object>();
    for (int i = 0; i < told.size(); i++) {
      var item = told.get(i);
      items.add(
          i < wanted.size() ? value(wanted.get(i), item, path + "[]", whole).orElse(item) : item);
    }
    return items;
  }

  private static boolean isSame(Object wanted, Object told) {
    return wanted instanceof String text
        ? text.equals(told) || isSameDuration(text, told)
        : ContentHash.of(wanted).equals(ContentHash.of(told));
  }

  private static boolean isSameDuration(String wanted, Object told) {
    return duration(wanted)
        .filter(
            duration ->
                told instanceof Number nanos
                    ? nanos.longValue() == duration.toNanos()
                    : Optional.of(duration).equals(duration(told.toString())))
        .isPresent();
  }

  private static Optional<Duration> duration(String text) {
    return text.startsWith("-")
        ? Durations.parse(text.substring(1)).map(Duration::negated)
        : Durations.parse(text);
  }

  private static boolean saysNothing(@Nullable Object value) {
    return switch (value) {
      case null -> true;
      case Map<?, ?> map -> map.values().stream().allMatch(ToldState::saysNothing);
      case List<?> list -> list.isEmpty();
      case String text -> text.isEmpty();
      case Boolean flag -> !flag;
      case Number number -> number.doubleValue() == 0;
      default -> false;
    };
  }
}
