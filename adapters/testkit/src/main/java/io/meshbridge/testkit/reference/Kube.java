package io.meshbridge.testkit.reference;

/** What all objects of Kubernetes have in common. */
final class Kube {
  private Kube() {}

  /**
   * Whether it is of that kind, in any version.
   *
   * @param group of the API; empty for the core
   */
  static boolean isOf(Native document, String group, String kind) {
    var version = document.at("apiVersion").text();
    int slash = version.indexOf('/');
    return document.at("kind").text().equals(kind)
        && (slash < 0 ? "" : version.substring(0, slash)).equals(group);
  }

  static String name(Native document) {
    return document.at("metadata", "name").text();
  }

  static String namespace(Native document) {
    return document.at("metadata", "namespace").textOr("default");
  }

  static String annotation(Native document, String key) {
    return document.at("metadata", "annotations").entry(key).text();
  }

  /** Oldest first; of equal age, or without one, by name. */
  static int byAge(Native one, Native other) {
    var first = one.at("metadata", "creationTimestamp").text();
    var second = other.at("metadata", "creationTimestamp").text();
    if (first.isEmpty() != second.isEmpty()) {
      // What has an age goes before what has none.
      return first.isEmpty() ? 1 : -1;
    }
    int byTime = first.compareTo(second);
    return byTime != 0 ? byTime : name(one).compareTo(name(other));
  }
}
