package io.meshbridge.adapter.kubernetes;

import io.meshbridge.model.TrustBundle;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The certificates that a control plane publishes in a ConfigMap. They are good to have; not being
 * allowed to read them keeps nobody from exporting.
 */
public final class TrustRoots {
  private final Table<SortedSet<String>> bundles = new Table<>();

  /** Keeps the certificates under a key of a ConfigMap. */
  public static Function<KubeObject, SortedSet<String>> under(String key) {
    return configMap ->
        TrustBundle.rootsIn(configMap.fields(Problems.NONE).object("data").text(key));
  }

  /** Takes what the feed says. */
  public void take(FeedEvent<SortedSet<String>> event) {
    bundles.take(event);
  }

  /** All that are trusted now; empty if none is known. */
  public SortedSet<String> roots() {
    var roots = new TreeSet<String>();
    bundles.values().forEach(roots::addAll);
    return roots;
  }
}
