package io.meshbridge.it.nativegap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a native executable finds by name.
 *
 * @param types by class name
 * @param proxies the names of a proxy's interfaces, in order, with commas in between
 * @param resources patterns of their names
 * @param bundles names of resource bundles
 * @param serializable names of classes that are written and read as objects
 */
record Registered(
    Map<String, Registration> types,
    Set<String> proxies,
    List<Pattern> resources,
    Set<String> bundles,
    Set<String> serializable) {
  static final Registered NOTHING =
      new Registered(Map.of(), Set.of(), List.of(), Set.of(), Set.of());

  Registered {
    types = Map.copyOf(types);
    proxies = Set.copyOf(proxies);
    resources = List.copyOf(resources);
    bundles = Set.copyOf(bundles);
    serializable = Set.copyOf(serializable);
  }

  /** All that either has. */
  Registered and(Registered other) {
    var allTypes = new HashMap<>(types);
    other.types.forEach((name, type) -> allTypes.merge(name, type, Registration::and));
    var allResources = new ArrayList<>(resources);
    allResources.addAll(other.resources);
    return new Registered(
        allTypes,
        union(proxies, other.proxies),
        allResources,
        union(bundles, other.bundles),
        union(serializable, other.serializable));
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    var all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }

  /** Whether the executable finds what was found on a JVM. */
  boolean covers(Access access) {
    return switch (access.kind()) {
      case "proxy" -> proxies.contains(access.subject());
      case "resource" -> hasResource(access.subject());
      case "bundle" -> bundles.contains(access.subject());
      case "serialization" -> serializable.contains(access.subject());
      case "service" -> hasResource("META-INF/services/" + access.subject());
      default -> types.containsKey(access.subject()) && covers(types.get(access.subject()), access);
    };
  }

  private static boolean covers(Registration type, Access access) {
    return switch (access.kind()) {
      case "class" -> true;
      case "use method" -> type.hasForUse("Methods", access);
      case "use constructor" -> type.hasForUse("Constructors", access);
      case "use field" -> type.hasForUse("Fields", access);
      case "lookup method" -> type.hasForLookup("Methods", access);
      case "lookup constructor" -> type.hasForLookup("Constructors", access);
      case "lookup field" -> type.hasForLookup("Fields", access);
      case "declared methods" -> type.hasAllForLookup("Methods");
      case "declared constructors" -> type.hasAllForLookup("Constructors");
      case "declared fields" -> type.hasAllForLookup("Fields");
      case "methods" -> type.hasAllPublicForLookup("Methods");
      case "constructors" -> type.hasAllPublicForLookup("Constructors");
      case "fields" -> type.hasAllPublicForLookup("Fields");
      // An executable knows a record's components once it has all their accessors.
      case "record components" -> type.hasAllPublicForLookup("Methods");
      default -> throw new IllegalArgumentException("no kind of access: " + access.kind());
    };
  }

  private boolean hasResource(String name) {
    return resources.stream().anyMatch(pattern -> pattern.matcher(name).matches());
  }

  /** The same without what covers an access. */
  Registered without(Access access) {
    var fewerTypes = new HashMap<>(types);
    var fewerProxies = new HashSet<>(proxies);
    var fewerResources = resources;
    switch (access.kind()) {
      case "proxy" -> fewerProxies.remove(access.subject());
      case "resource" -> fewerResources = notMatching(access.subject());
      case "service" -> fewerResources = notMatching("META-INF/services/" + access.subject());
      default -> fewerTypes.remove(access.subject());
    }
    return new Registered(fewerTypes, fewerProxies, fewerResources, bundles, serializable);
  }

  private List<Pattern> notMatching(String name) {
    return resources.stream().filter(pattern -> !pattern.matcher(name).matches()).toList();
  }
}
