package io.meshbridge.testkit;

import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.ClientMatch;
import io.meshbridge.model.traffic.ConnectionLimits;
import io.meshbridge.model.traffic.DestinationPolicy;
import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.HashKey;
import io.meshbridge.model.traffic.HeaderChange;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.L4Rule;
import io.meshbridge.model.traffic.LoadBalancing;
import io.meshbridge.model.traffic.LocalityPolicy;
import io.meshbridge.model.traffic.NamedMatch;
import io.meshbridge.model.traffic.OutlierDetection;
import io.meshbridge.model.traffic.PathChange;
import io.meshbridge.model.traffic.PathMatch;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.RetryCondition;
import io.meshbridge.model.traffic.SessionAffinity;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.Subset;
import io.meshbridge.model.traffic.TextMatch;
import io.meshbridge.model.traffic.Timeouts;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.model.traffic.WeightedBackend;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Random policies of traffic: each is valid, and every kind of part turns up. */
public final class TrafficGenerators {
  private final RandomGenerator random;
  private final ModelGenerators values;
  private final ServiceKey service;

  /**
   * Draws from this source.
   *
   * @param service whose policies they are
   */
  public TrafficGenerators(RandomGenerator random, ServiceKey service) {
    this.random = random;
    this.values = new ModelGenerators(random);
    this.service = service;
  }

  /** A policy with up to four rules of each sort. */
  public TrafficPolicy policy() {
    var subsets = new TreeMap<String, Subset>();
    values.listOf(0, 3, this::subset).forEach(subset -> subsets.put(subset.name(), subset));
    var ports = new TreeMap<Integer, DestinationPolicy>();
    values.listOf(0, 2, this::destination).forEach(policy -> ports.put(port(), policy));
    return new TrafficPolicy(
        values.listOf(0, 4, this::httpRule),
        values.listOf(0, 2, this::l4Rule),
        List.copyOf(subsets.values()),
        destination(),
        ports);
  }

  /** A rule for HTTP or gRPC. */
  public HttpRule httpRule() {
    return new HttpRule(
        values.oneOf("", "canary", "on"),
        random.nextBoolean(),
        values.listOf(0, 3, this::httpMatch),
        values.listOf(0, 3, this::filter),
        values.listOf(0, 3, this::backend),
        new Timeouts(maybe(this::duration), maybe(this::duration), maybe(this::duration)),
        maybe(this::retry),
        maybe(this::affinity),
        sources());
  }

  private HttpMatch httpMatch() {
    return new HttpMatch(
        maybe(this::pathMatch),
        maybe(this::textMatch),
        values.listOf(0, 2, this::namedMatch),
        values.listOf(0, 2, this::namedMatch),
        maybe(this::textMatch),
        maybe(this::textMatch),
        maybePort(),
        client());
  }

  private PathMatch pathMatch() {
    return new PathMatch(
        values.oneOf(PathMatch.Kind.values()),
        values.oneOf("/", "/a", "/a/b", "/päth", "/.*"),
        random.nextBoolean());
  }

  private TextMatch textMatch() {
    return new TextMatch(
        values.oneOf(TextMatch.Kind.values()),
        values.oneOf("GET", "x", "a b", "[a-z]+"),
        random.nextBoolean());
  }

  private NamedMatch namedMatch() {
    return new NamedMatch(values.oneOf("x-user", "end"), textMatch(), random.nextBoolean());
  }

  private ClientMatch client() {
    return random.nextBoolean()
        ? ClientMatch.ANY
        : new ClientMatch(values.oneOf("", "shop"), texts());
  }

  private HttpFilter filter() {
    return switch (random.nextInt(9)) {
      case 0 -> new HttpFilter.RequestHeaders(headerChange());
      case 1 -> new HttpFilter.ResponseHeaders(headerChange());
      case 2 ->
          new HttpFilter.Redirect(
              maybe(() -> "https"), maybe(values::label), maybePort(), maybe(this::change), 307);
      case 3 -> new HttpFilter.Rewrite(maybe(values::label), maybe(this::change));
      case 4 -> new HttpFilter.Mirror(ref(), percent());
      case 5 -> new HttpFilter.Delay(duration(), percent());
      case 6 ->
          random.nextBoolean()
              ? new HttpFilter.Abort(OptionalInt.of(503), "", percent())
              : new HttpFilter.Abort(OptionalInt.empty(), "UNAVAILABLE", percent());
      case 7 -> new HttpFilter.DirectResponse(403, values.oneOf("", "no"));
      default ->
          new HttpFilter.Cors(
              values.listOf(0, 2, this::textMatch),
              List.of("GET"),
              List.of(),
              List.of("x-a"),
              maybe(this::duration),
              random.nextBoolean());
    };
  }

  private HeaderChange headerChange() {
    return new HeaderChange(texts(), texts(), new TreeSet<>(List.of("x-gone")));
  }

  private PathChange change() {
    return switch (random.nextInt(3)) {
      case 0 -> new PathChange.Whole("/all");
      case 1 -> new PathChange.Prefix(values.oneOf("/", "/new"));
      default -> new PathChange.Regex("/(.*)", "/\\1");
    };
  }

  private WeightedBackend backend() {
    return new WeightedBackend(ref(), random.nextInt(101), values.listOf(0, 2, this::filter));
  }

  private BackendRef ref() {
    var other = new ServiceKey(service.mesh(), service.namespace(), "other-" + random.nextInt(3));
    return new BackendRef(maybe(() -> other), values.oneOf("", "v1", "v2"), maybePort());
  }

  private Retry retry() {
    return new Retry(
        random.nextInt(5),
        new TreeSet<>(values.listOf(0, 3, () -> values.oneOf(RetryCondition.values()))),
        new TreeSet<>(values.listOf(0, 2, () -> values.oneOf(409, 503, 599))),
        maybe(this::duration),
        maybe(
            () ->
                new Retry.Budget(percent(), maybe(() -> random.nextInt(9)), maybe(this::duration))),
        random.nextBoolean());
  }

  private SessionAffinity affinity() {
    return new SessionAffinity(
        values.oneOf(SessionAffinity.Carrier.values()),
        values.oneOf("", "session"),
        maybe(this::duration),
        maybe(this::duration),
        random.nextBoolean());
  }

  private L4Rule l4Rule() {
    return new L4Rule(
        values.listOf(0, 2, () -> values.oneOf("db.example", "*.example")),
        maybePort(),
        client(),
        values.listOf(1, 2, this::backend),
        sources());
  }

  private Subset subset() {
    return new Subset(values.oneOf("v1", "v2", "v3"), texts(), destination(), sources());
  }

  private DestinationPolicy destination() {
    return new DestinationPolicy(
        maybe(this::loadBalancing),
        maybe(this::outliers),
        new ConnectionLimits(
            maybePort(),
            maybePort(),
            maybePort(),
            maybePort(),
            maybePort(),
            maybe(this::duration),
            maybe(this::duration)),
        maybe(this::locality),
        values.listOf(0, 2, this::ref),
        sources());
  }

  private LoadBalancing loadBalancing() {
    return new LoadBalancing(
        values.oneOf(LoadBalancing.Algorithm.values()),
        values.listOf(0, 2, this::hashKey),
        maybeLong(),
        maybeLong(),
        maybe(this::duration));
  }

  private HashKey hashKey() {
    return switch (random.nextInt(4)) {
      case 0 -> new HashKey.Header("x-user");
      case 1 -> new HashKey.Cookie("session", maybe(this::duration), values.oneOf("", "/"));
      case 2 -> new HashKey.QueryParameter("user");
      default -> new HashKey.SourceIp();
    };
  }

  private OutlierDetection outliers() {
    return new OutlierDetection(
        maybePort(),
        maybePort(),
        maybe(this::duration),
        maybe(this::duration),
        maybe(this::duration),
        maybePort(),
        maybePort(),
        maybePort(),
        maybe(this::percent));
  }

  private LocalityPolicy locality() {
    var distribution = new TreeMap<String, SortedMap<String, Integer>>();
    distribution.put("eu/a/*", new TreeMap<>(Map.of("eu/a/*", 80, "eu/b/*", 20)));
    return new LocalityPolicy(
        maybe(random::nextBoolean),
        new TreeMap<>(Map.of("eu", "us")),
        random.nextBoolean() ? distribution : new TreeMap<>(),
        List.of("topology.kubernetes.io/region"));
  }

  private SortedMap<String, String> texts() {
    var texts = new TreeMap<String, String>();
    values.listOf(0, 2, values::label).forEach(key -> texts.put(key, values.oneOf("", "1", "no")));
    return texts;
  }

  private Sources sources() {
    var builder = new Sources.Builder();
    values
        .listOf(0, 3, () -> values.oneOf("", "timeouts.request", "backends[0].weight"))
        .forEach(field -> builder.add(field, new FieldRef("Route a/b", "spec.x[0]")));
    return builder.build();
  }

  private Duration duration() {
    return Duration.ofMillis(values.oneOf(0, 1, 250, 15_000, 90_000));
  }

  private BigDecimal percent() {
    return values.oneOf(BigDecimal.ZERO, new BigDecimal("0.5"), new BigDecimal("100"));
  }

  private int port() {
    return values.oneOf(80, 8080, 9090);
  }

  private OptionalInt maybePort() {
    return random.nextBoolean() ? OptionalInt.of(port()) : OptionalInt.empty();
  }

  private OptionalLong maybeLong() {
    return random.nextBoolean() ? OptionalLong.of(1024) : OptionalLong.empty();
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }
}
