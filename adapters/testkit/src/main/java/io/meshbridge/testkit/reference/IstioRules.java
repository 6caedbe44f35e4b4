package io.meshbridge.testkit.reference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The rules of VirtualServices, with those of delegates in the place of what delegates. */
final class IstioRules {
  private static final List<String> INHERITED =
      List.of(
          "rewrite",
          "directResponse",
          "timeout",
          "retries",
          "fault",
          "mirror",
          "mirrorPercent",
          "mirrorPercentage",
          "mirrors",
          "corsPolicy",
          "headers");

  private final List<Native> virtualServices;

  /**
   * A rule.
   *
   * @param content as it holds, with what it inherits
   * @param namespace in which its short names are meant
   * @param causes where it was written
   * @param matches one of which must hold
   */
  record Rule(Native content, String namespace, List<Cause> causes, List<IstioMatch> matches) {
    static Rule of(Native content, String namespace, List<Cause> causes) {
      var matches = content.at("match").list();
      return new Rule(
          content,
          namespace,
          causes,
          matches.isEmpty()
              ? List.of(IstioMatch.ANY)
              : matches.stream().map(IstioMatch::of).toList());
    }
  }

  IstioRules(List<Native> documents) {
    this.virtualServices =
        documents.stream()
            .filter(document -> Kube.isOf(document, "networking.istio.io", "VirtualService"))
            .sorted(Kube::byAge)
            .toList();
  }

  /** The VirtualService of a host for clients in the mesh: of several, the oldest. */
  Optional<Native> virtualServiceOf(String host) {
    var inMesh = virtualServices.stream().filter(IstioRules::isForMesh).toList();
    var exact = inMesh.stream().filter(service -> hostsOf(service).contains(host)).findFirst();
    return exact.or(
        () ->
            inMesh.stream()
                .filter(service -> wildcardLength(service, host) > 0)
                .max(
                    (one, other) ->
                        Integer.compare(wildcardLength(one, host), wildcardLength(other, host))));
  }

  /** Its rules for HTTP, in order. */
  List<Rule> httpRules(Native virtualService) {
    var rules = new ArrayList<Rule>();
    for (Native http : virtualService.at("spec", "http").list()) {
      var cause = new Cause("VirtualService", Kube.name(virtualService), http.path());
      var namespace = Kube.namespace(virtualService);
      if (http.at("delegate").exists()) {
        rules.addAll(delegated(http, namespace, cause));
      } else {
        rules.add(Rule.of(http, namespace, List.of(cause)));
      }
    }
    return rules;
  }

  private List<Rule> delegated(Native root, String namespace, Cause cause) {
    var name = root.at("delegate", "name").text();
    var home = root.at("delegate", "namespace").textOr(namespace);
    var rules = new ArrayList<Rule>();
    for (Native candidate : virtualServices) {
      if (Kube.name(candidate).equals(name) && Kube.namespace(candidate).equals(home)) {
        for (Native leaf : candidate.at("spec", "http").list()) {
          var own = new Cause("VirtualService", name, leaf.path());
          merged(root, leaf)
              .ifPresent(content -> rules.add(Rule.of(content, home, List.of(cause, own))));
        }
      }
    }
    return rules;
  }

  /** Empty if the matches contradict each other: then istiod leaves the rule out. */
  private static Optional<Native> merged(Native root, Native leaf) {
    var matches = mergedMatches(root.at("match").list(), leaf.at("match").list());
    if (matches.isEmpty()) {
      return Optional.empty();
    }
    var content = new LinkedHashMap<String, Object>();
    leaf.entries().forEach((field, element) -> put(content, field, element));
    for (String field : INHERITED) {
      if (!leaf.at(field).exists()) {
        put(content, field, root.at(field));
      }
    }
    content.put("match", matches.orElseThrow());
    return Optional.of(new Native(leaf.path(), content));
  }

  private static Optional<List<Object>> mergedMatches(List<Native> roots, List<Native> leaves) {
    if (roots.isEmpty() || leaves.isEmpty()) {
      var all = new ArrayList<Object>();
      (roots.isEmpty() ? leaves : roots).forEach(match -> all.add(match.entriesAsValues()));
      return Optional.of(all);
    }
    var all = new ArrayList<Object>();
    for (Native leaf : leaves) {
      var fitting = roots.stream().filter(root -> !IstioConflicts.between(root, leaf)).toList();
      if (fitting.isEmpty()) {
        return Optional.empty();
      }
      fitting.forEach(root -> all.add(mergedMatch(root, leaf)));
    }
    return Optional.of(all);
  }

  private static Map<String, Object> mergedMatch(Native root, Native leaf) {
    var merged = new TreeMap<>(root.entriesAsValues());
    merged.putAll(leaf.entriesAsValues());
    for (String map : List.of("headers", "withoutHeaders", "queryParams", "sourceLabels")) {
      var both = new TreeMap<>(root.at(map).entriesAsValues());
      both.putAll(leaf.at(map).entriesAsValues());
      merged.put(map, both);
    }
    return merged;
  }

  private static void put(Map<String, Object> content, String field, Native element) {
    var value = element.value();
    if (value != null) {
      content.put(field, value);
    }
  }

  private static boolean isForMesh(Native virtualService) {
    var gateways = virtualService.at("spec", "gateways").texts();
    return gateways.isEmpty() || gateways.contains("mesh");
  }

  private static List<String> hostsOf(Native virtualService) {
    return virtualService.at("spec", "hosts").texts().stream()
        .map(host -> IstioRegistry.fullName(host, Kube.namespace(virtualService)))
        .toList();
  }

  private static int wildcardLength(Native virtualService, String host) {
    return hostsOf(virtualService).stream()
        .filter(wildcard -> wildcard.startsWith("*") && host.endsWith(wildcard.substring(1)))
        .mapToInt(String::length)
        .max()
        .orElse(0);
  }
}
