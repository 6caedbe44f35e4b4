package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.ContentHash;
import io.meshbridge.model.Marks;
import io.meshbridge.model.traffic.Subset;
import io.meshbridge.model.traffic.TrafficPolicy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Under which meta keys instances bear the labels that subsets ask for: under the label's own name
 * where Consul takes it, else under one that is like it.
 *
 * @param keys the meta key of each label
 */
public record SubsetMeta(SortedMap<String, String> keys) {
  private static final Pattern FITS = Pattern.compile("[A-Za-z0-9_-]{1,128}");
  private static final List<String> RESERVED = List.of("consul-", "external-");
  private static final int MAX_KEY = 128;

  /** Copies. */
  public SubsetMeta {
    keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
  }

  /** For all subsets of a policy. */
  public static SubsetMeta of(TrafficPolicy policy) {
    var keys = new TreeMap<String, String>();
    for (Subset subset : policy.subsets()) {
      subset.labels().keySet().forEach(label -> keys.putIfAbsent(label, keyFor(label, keys)));
    }
    return new SubsetMeta(keys);
  }

  /** What of an endpoint's labels subsets ask for, as meta. */
  public SortedMap<String, String> metaOf(Map<String, String> labels) {
    var meta = new TreeMap<String, String>();
    keys.forEach(
        (label, key) -> {
          var value = labels.get(label);
          if (value != null) {
            meta.put(key, value);
          }
        });
    return meta;
  }

  /** Whether instances bear all of these labels under their own names. */
  boolean isPlain(List<String> labels) {
    return labels.stream().allMatch(label -> label.equals(keys.get(label)));
  }

  /** The filter for a subset; empty if Consul has no expression for it. */
  Optional<String> filterOf(Subset subset) {
    var meta = metaOf(subset.labels());
    return meta.size() == subset.labels().size() ? SubsetFilter.of(meta) : Optional.empty();
  }

  private static String keyFor(String label, Map<String, String> taken) {
    if (FITS.matcher(label).matches()
        && RESERVED.stream().noneMatch(label::startsWith)
        && !Marks.isMark(label)) {
      return label;
    }
    var tamed = "label_" + label.replaceAll("[^A-Za-z0-9_-]", "_");
    var key = tamed.substring(0, Math.min(MAX_KEY, tamed.length()));
    return taken.containsValue(key) ? "label_" + ContentHash.shortOf(label, 16) : key;
  }
}
