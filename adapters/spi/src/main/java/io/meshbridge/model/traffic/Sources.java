package io.meshbridge.model.traffic;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the fields of one part of a policy were declared, so that whoever loses one can name it in
 * its owner's words. Says nothing about the policy itself.
 *
 * @param fields for a field of the part, such as {@code timeouts.request}, the native fields that
 *     it was read from; the empty field stands for the part as a whole
 */
public record Sources(SortedMap<String, List<FieldRef>> fields) {
  /** Nothing is known. */
  public static final Sources NONE = new Sources(Collections.emptySortedMap());

  /** Copies. */
  public Sources {
    var copy = new TreeMap<String, List<FieldRef>>();
    fields.forEach((field, refs) -> copy.put(field, List.copyOf(refs)));
    fields = Collections.unmodifiableSortedMap(copy);
  }

  /**
   * What a field was read from: everything that went into it or into a field below it; if that is
   * nothing, what the nearest field around it was read from.
   *
   * @param field such as {@code filters[0]}; empty for the whole part
   */
  public List<FieldRef> of(String field) {
    var found = new LinkedHashSet<FieldRef>();
    fields.forEach(
        (known, refs) -> {
          if (isWithin(known, field)) {
            found.addAll(refs);
          }
        });
    if (!found.isEmpty() || field.isEmpty()) {
      return List.copyOf(found);
    }
    return around(field);
  }

  /** What the field alone was read from, or else the nearest one around it. */
  private List<FieldRef> around(String field) {
    var candidate = field;
    while (true) {
      var refs = fields.get(candidate);
      if (refs != null) {
        return refs;
      }
      if (candidate.isEmpty()) {
        return List.of();
      }
      int end = Math.max(candidate.lastIndexOf('.'), candidate.lastIndexOf('['));
      candidate = candidate.substring(0, Math.max(0, end));
    }
  }

  private static boolean isWithin(String known, String field) {
    return known.startsWith(field)
        && (field.isEmpty()
            || known.length() == field.length()
            || known.charAt(field.length()) == '.'
            || known.charAt(field.length()) == '[');
  }

  /** Collects sources while a part is read. */
  public static final class Builder {
    private final Map<String, List<FieldRef>> fields = new LinkedHashMap<>();

    /** The field was read from this native field, perhaps among others. */
    public Builder add(String field, FieldRef ref) {
      var refs = fields.computeIfAbsent(field, absent -> new ArrayList<>());
      if (!refs.contains(ref)) {
        refs.add(ref);
      }
      return this;
    }

    /** All of another part's, where that part is now below a field of this one, or all of it. */
    public Builder addAll(String prefix, Sources part) {
      part.fields()
          .forEach(
              (field, refs) -> {
                var joint = prefix.isEmpty() || field.isEmpty() ? "" : ".";
                refs.forEach(ref -> add(prefix + joint + field, ref));
              });
      return this;
    }

    /** What was collected. */
    public Sources build() {
      return new Sources(new TreeMap<>(fields));
    }
  }
}
