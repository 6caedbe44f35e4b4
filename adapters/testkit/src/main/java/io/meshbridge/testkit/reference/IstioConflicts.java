package io.meshbridge.testkit.reference;

import java.util.List;

/** When a delegate's match contradicts the match that delegates (istiod's {@code hasConflict}). */
final class IstioConflicts {
  private IstioConflicts() {}

  static boolean between(Native root, Native leaf) {
    for (String text : List.of("uri", "scheme", "method", "authority")) {
      if (textsConflict(root.at(text), leaf.at(text))) {
        return true;
      }
    }
    for (String map : List.of("headers", "withoutHeaders", "queryParams")) {
      for (var entry : leaf.at(map).entries().entrySet()) {
        if (textsConflict(root.at(map).entry(entry.getKey()), entry.getValue())) {
          return true;
        }
      }
    }
    return root.at("ignoreUriCase").isTrue() != leaf.at("ignoreUriCase").isTrue()
        || portsConflict(root, leaf)
        || clientsConflict(root, leaf);
  }

  private static boolean portsConflict(Native root, Native leaf) {
    return root.at("port").exists()
        && leaf.at("port").exists()
        && root.at("port").number(0) != leaf.at("port").number(0);
  }

  private static boolean clientsConflict(Native root, Native leaf) {
    var namespace = root.at("sourceNamespace").text();
    if (!namespace.isEmpty() && !namespace.equals(leaf.at("sourceNamespace").text())) {
      return true;
    }
    var labels = root.at("sourceLabels").textEntries();
    return leaf.at("sourceLabels").textEntries().entrySet().stream()
        .anyMatch(
            label ->
                labels.containsKey(label.getKey())
                    && !label.getValue().equals(labels.get(label.getKey())));
  }

  private static boolean textsConflict(Native root, Native leaf) {
    if (!root.exists() || !leaf.exists()) {
      return false;
    }
    if (root.at("regex").exists() || leaf.at("regex").exists()) {
      return true;
    }
    if (root.at("exact").exists()) {
      return !root.at("exact").text().equals(leaf.at("exact").text());
    }
    var within = leaf.at("prefix").exists() ? leaf.at("prefix") : leaf.at("exact");
    return !within.text().startsWith(root.at("prefix").text());
  }
}
