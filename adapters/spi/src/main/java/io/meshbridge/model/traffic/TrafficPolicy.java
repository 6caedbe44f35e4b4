package io.meshbridge.model.traffic;

import io.meshbridge.model.Loss;
import io.meshbridge.model.OwnersWords;
import io.meshbridge.model.ServiceKey;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How the owner of a service wants its traffic treated. A reader that does not understand all of it
 * must not apply the export.
 *
 * @param http rules for HTTP and gRPC requests: the first of which a match holds takes a request.
 *     Without any, requests go to the service; if there are some and none takes a request, it is
 *     answered with an error (Istio and the Gateway API say 404)
 * @param l4 rules for connections, in order, likewise
 * @param subsets the parts of the service that rules name, sorted by name
 * @param destination how the service's endpoints are used
 * @param ports the same for single ports, by the service's port; takes the place of {@code
 *     destination} there, as a whole
 */
public record TrafficPolicy(
    List<HttpRule> http,
    List<L4Rule> l4,
    List<Subset> subsets,
    DestinationPolicy destination,
    SortedMap<Integer, DestinationPolicy> ports) {
  /** How losses call the policy: the field of an export that it is. */
  public static final String FIELD = "traffic";

  /** Its owner has said nothing. */
  public static final TrafficPolicy NONE =
      new TrafficPolicy(
          List.of(), List.of(), List.of(), DestinationPolicy.DEFAULT, Collections.emptySortedMap());

  /**
   * @throws IllegalArgumentException if two subsets have one name
   */
  public TrafficPolicy {
    http = List.copyOf(http);
    l4 = List.copyOf(l4);
    subsets = subsets.stream().sorted(Comparator.comparing(Subset::name)).toList();
    ports = Collections.unmodifiableSortedMap(new TreeMap<>(ports));
    var names = new HashSet<String>();
    for (Subset subset : subsets) {
      if (!names.add(subset.name())) {
        throw new IllegalArgumentException("two subsets are named '" + subset.name() + "'");
      }
    }
  }

  /** Whether its owner has said nothing. */
  public boolean isNone() {
    return withoutSources().equals(NONE);
  }

  /** The subset of that name. */
  public Optional<Subset> subset(String name) {
    return subsets.stream().filter(subset -> subset.name().equals(name)).findFirst();
  }

  /** How the endpoints are used by those who call that port. */
  public DestinationPolicy destinationOf(int port) {
    return ports.getOrDefault(port, destination);
  }

  /** All other services that it sends requests to. */
  public SortedSet<ServiceKey> otherServices() {
    var found = new TreeSet<ServiceKey>();
    http.stream()
        .flatMap(TrafficPolicy::refsOf)
        .forEach(ref -> ref.service().ifPresent(found::add));
    l4.stream()
        .flatMap(rule -> rule.backends().stream())
        .forEach(backend -> backend.ref().service().ifPresent(found::add));
    Stream.concat(
            Stream.concat(Stream.of(destination), ports.values().stream()),
            subsets.stream().map(Subset::policy))
        .flatMap(policy -> policy.failover().stream())
        .forEach(ref -> ref.service().ifPresent(found::add));
    return found;
  }

  /**
   * The native fields that a field of this policy was read from.
   *
   * @param path such as {@code http[0].timeouts.request} or {@code subsets[v1].labels}
   * @return empty if that is not known
   */
  public List<FieldRef> sourcesOf(String path) {
    return PolicyPath.parse(path).map(this::sourcesAt).orElse(List.of());
  }

  /** Where all its parts were declared, in their order. */
  public Stream<Sources> sources() {
    return Stream.of(
            http.stream().map(HttpRule::sources),
            l4.stream().map(L4Rule::sources),
            subsets.stream().flatMap(each -> Stream.of(each.sources(), each.policy().sources())),
            Stream.of(destination.sources()),
            ports.values().stream().map(DestinationPolicy::sources))
        .flatMap(sources -> sources);
  }

  /**
   * Losses in the words of the policy's owner: what is lost below {@code traffic} is told by the
   * native fields that it was read from, one loss for each. Other losses stay as they are.
   */
  public List<Loss> inOwnersWords(List<Loss> losses) {
    return new OwnersWords(this, Optional.empty()).of(losses);
  }

  /** The same policy, without where it was declared. */
  public TrafficPolicy withoutSources() {
    var bare = new TreeMap<Integer, DestinationPolicy>();
    ports.forEach((port, policy) -> bare.put(port, policy.withoutSources()));
    return new TrafficPolicy(
        http.stream().map(HttpRule::withoutSources).toList(),
        l4.stream().map(L4Rule::withoutSources).toList(),
        subsets.stream().map(Subset::withoutSources).toList(),
        destination.withoutSources(),
        bare);
  }

  private List<FieldRef> sourcesAt(PolicyPath path) {
    return switch (path.part()) {
      case "http" -> at(http, path, HttpRule::sources);
      case "l4" -> at(l4, path, L4Rule::sources);
      case "subsets" ->
          subset(path.index()).map(subset -> sourcesIn(subset, path.field())).orElse(List.of());
      case "destination" -> destination.sources().of(path.field());
      case "ports" ->
          ports.entrySet().stream()
              .filter(entry -> entry.getKey().toString().equals(path.index()))
              .flatMap(entry -> entry.getValue().sources().of(path.field()).stream())
              .toList();
      default -> List.of();
    };
  }

  private static List<FieldRef> sourcesIn(Subset subset, String field) {
    if (field.startsWith("policy")) {
      var below = subset.policy().sources().of(field.replaceFirst("^policy\\.?", ""));
      if (!below.isEmpty()) {
        return below;
      }
    }
    return subset.sources().of(field);
  }

  private static <T> List<FieldRef> at(
      List<T> parts, PolicyPath path, Function<T, Sources> sources) {
    return path.number()
        .filter(number -> number < parts.size())
        .map(number -> sources.apply(parts.get(number)).of(path.field()))
        .orElse(List.of());
  }

  private static Stream<BackendRef> refsOf(HttpRule rule) {
    var filters =
        Stream.concat(
            rule.filters().stream(),
            rule.backends().stream().flatMap(backend -> backend.filters().stream()));
    return Stream.concat(
        rule.backends().stream().map(WeightedBackend::ref),
        filters.flatMap(
            filter ->
                filter instanceof HttpFilter.Mirror mirror
                    ? Stream.of(mirror.ref())
                    : Stream.empty()));
  }
}
