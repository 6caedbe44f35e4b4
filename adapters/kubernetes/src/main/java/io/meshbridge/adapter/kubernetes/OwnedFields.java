package io.meshbridge.adapter.kubernetes;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares what we want an object to say with what it says. Fields that we do not write belong to
 * others and are not looked at.
 */
public final class OwnedFields {
  private final Set<String> keyedLists;

  /**
   * Knows which lists the API merges by name.
   *
   * @param keyedLists paths of lists whose elements are told apart by {@code name}, such as {@code
   *     spec.ports}; elements that others added to them are not ours. All other lists are ours as a
   *     whole.
   */
  public OwnedFields(Set<String> keyedLists) {
    this.keyedLists = Set.copyOf(keyedLists);
  }

  /** The lists of a manifest that the API merges with those of others, by their paths. */
  SortedMap<String, List<?>> keyedListsOf(Map<String, Object> manifest) {
    var lists = new TreeMap<String, List<?>>();
    for (String path : keyedLists) {
      if (at(manifest, path) instanceof List<?> list) {
        lists.put(path, list);
      }
    }
    return lists;
  }

  private static @Nullable Object at(Map<String, Object> manifest, String path) {
    Object node = manifest;
    for (String field : path.split("\\.", -1)) {
      node = node instanceof Map<?, ?> map ? map.get(field) : null;
    }
    return node;
  }

  /** Whether the object says everything that the manifest says. */
  public boolean hold(Map<String, Object> manifest, KubeObject live) {
    var metadata = manifest.get("metadata");
    if (metadata instanceof Map<?, ?> meta
        && !(holdTexts(meta.get("labels"), live.labels())
            && holdTexts(meta.get("annotations"), live.annotations())
            && holdOwners(meta.get("ownerReferences"), live.version().owners()))) {
      return false;
    }
    return manifest.entrySet().stream()
        .filter(field -> !Set.of("apiVersion", "kind", "metadata").contains(field.getKey()))
        .allMatch(
            field -> holds(field.getKey(), field.getValue(), live.content().get(field.getKey())));
  }

  private static boolean holdTexts(@Nullable Object wanted, Map<String, String> actual) {
    return !(wanted instanceof Map<?, ?> texts)
        || texts.entrySet().stream().allMatch(e -> e.getValue().equals(actual.get(e.getKey())));
  }

  /** An owner is told by its uid: a new object of the same name is another owner. */
  private static boolean holdOwners(@Nullable Object wanted, Set<String> actual) {
    return !(wanted instanceof List<?> owners)
        || owners.stream()
            .allMatch(owner -> owner instanceof Map<?, ?> o && actual.contains(o.get("uid")));
  }

  private boolean holds(String path, Object wanted, @Nullable Object actual) {
    if (wanted instanceof Map<?, ?> map) {
      return actual instanceof Map<?, ?> other
          && map.entrySet().stream()
              .allMatch(e -> holds(path + "." + e.getKey(), e.getValue(), other.get(e.getKey())));
    }
    if (wanted instanceof List<?> list) {
      return actual instanceof List<?> other
          && (keyedLists.contains(path) ? holdsKeyed(path, list, other) : same(list, other));
    }
    return same(wanted, actual);
  }

  private boolean holdsKeyed(String path, List<?> wanted, List<?> actual) {
    return wanted.stream()
        .allMatch(
            element ->
                actual.stream()
                    .anyMatch(
                        other ->
                            Objects.equals(nameOf(element), nameOf(other))
                                && holds(path + "[]", element, other)));
  }

  private static @Nullable Object nameOf(Object element) {
    return element instanceof Map<?, ?> map ? map.get("name") : element;
  }

  private static boolean same(@Nullable Object wanted, @Nullable Object actual) {
    if (wanted instanceof Map<?, ?> map && actual instanceof Map<?, ?> other) {
      return map.keySet().equals(other.keySet())
          && map.entrySet().stream().allMatch(e -> same(e.getValue(), other.get(e.getKey())));
    }
    if (wanted instanceof Collection<?> list && actual instanceof Collection<?> other) {
      var others = other.iterator();
      return list.size() == other.size()
          && list.stream().allMatch(element -> same(element, others.next()));
    }
    if (wanted instanceof Number number && actual instanceof Number other) {
      // The same number comes back as an int or as a long.
      return number.doubleValue() == other.doubleValue();
    }
    return Objects.equals(wanted, actual);
  }
}
