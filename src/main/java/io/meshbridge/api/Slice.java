package io.meshbridge.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Some items of a sorted list.
 *
 * @param next where the next slice begins; null if this was the last
 */
record Slice<T>(List<T> items, @Nullable String next) {
  /**
   * The items that follow a place and pass a filter.
   *
   * @param sorted in the order of their keys
   * @param limit at most so many, 1 or more
   */
  static <T> Slice<T> of(
      List<T> sorted,
      Function<T, PageToken> key,
      Optional<PageToken> after,
      Predicate<T> filter,
      int limit) {
    var items = new ArrayList<T>();
    for (T item : sorted) {
      boolean wanted =
          filter.test(item) && after.map(end -> key.apply(item).compareTo(end) > 0).orElse(true);
      if (wanted) {
        if (items.size() == limit) {
          // One more than fits: only then is there another page.
          return new Slice<>(List.copyOf(items), key.apply(items.getLast()).text());
        }
        items.add(item);
      }
    }
    return new Slice<>(List.copyOf(items), null);
  }
}
