package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.gatewayapi.RouteTarget;
import io.meshbridge.adapter.kubernetes.gatewayapi.SourcedFields;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.WeightedBackend;
import io.meshbridge.spi.reading.TracedFields;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Reads which Services share all requests: a profile's overrides, or a split's backends. */
final class SplitBackends {
  private static final BigInteger MAX_WEIGHT = BigInteger.valueOf(1_000_000);
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
  private static final Pattern QUANTITY = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,6})?)(m?)");
  private static final String SPLIT_MATCH =
      "the extension for SMI does not look at matches of a split";

  private final Profile profile;
  private final RouteTarget target;
  private final TracedFields spec;
  private final Sources.Builder sources;

  private record Share(BackendRef ref, BigInteger milli) {}

  SplitBackends(Profile profile, RouteTarget target, TracedFields spec, Sources.Builder sources) {
    this.profile = profile;
    this.target = target;
    this.spec = spec;
    this.sources = sources;
  }

  List<WeightedBackend> ofProfile() {
    var shares = new ArrayList<Share>();
    for (TracedFields override : spec.objects("dstOverrides")) {
      var at = fields(override, shares.size(), ".ref");
      var authority = at.required("authority");
      var ref = authority.flatMap(this::refOf);
      if (authority.isPresent() && ref.isEmpty()) {
        override.drop("authority", "only Services of the mesh can be told as backends", "");
        override.drop("weight", "its backend is left out", "");
        continue;
      }
      add(override, ref, shares);
    }
    return weighted(shares);
  }

  List<WeightedBackend> ofSplit() {
    spec.ignore("service");
    if (spec.has("service")) {
      sources.add("", spec.ref("service"));
    }
    spec.drop("matches", SPLIT_MATCH, "use an HTTPRoute");
    var shares = new ArrayList<Share>();
    for (TracedFields backend : spec.objects("backends")) {
      var name = fields(backend, shares.size(), ".ref").required("service");
      var service =
          name.map(
              text ->
                  Profile.serviceOf(text)
                      .orElse(new ResourceKey(profile.object().key().namespace(), text)));
      add(backend, service.map(key -> ref(key, OptionalInt.empty())), shares);
    }
    return weighted(shares);
  }

  private void add(TracedFields holder, Optional<BackendRef> ref, List<Share> shares) {
    var text = fields(holder, shares.size(), ".weight").text("weight");
    var milli = text.flatMap(SplitBackends::milliOf);
    if (milli.isEmpty()) {
      holder.error("weight", "must be a number, perhaps of thousandths such as 500m");
      return;
    }
    ref.ifPresent(there -> shares.add(new Share(there, milli.orElseThrow())));
  }

  /** A Kubernetes quantity in thousandths. */
  private static Optional<BigInteger> milliOf(String quantity) {
    var matcher = QUANTITY.matcher(quantity);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    var number = new BigDecimal(matcher.group(1));
    return Optional.of(
        (matcher.group(2).isEmpty() ? number.multiply(THOUSAND) : number).toBigInteger());
  }

  /** In the least whole numbers of the same ratio. */
  private static List<WeightedBackend> weighted(List<Share> shares) {
    var divisor = shares.stream().map(Share::milli).reduce(BigInteger.ZERO, BigInteger::gcd);
    var greatest = shares.stream().map(Share::milli).reduce(BigInteger.ZERO, BigInteger::max);
    var backends = new ArrayList<WeightedBackend>();
    for (Share share : shares) {
      var weight = divisor.signum() == 0 ? share.milli() : share.milli().divide(divisor);
      var most = divisor.signum() == 0 ? greatest : greatest.divide(divisor);
      if (most.compareTo(MAX_WEIGHT) > 0) {
        weight = weight.multiply(MAX_WEIGHT).divide(most);
      }
      backends.add(new WeightedBackend(share.ref(), weight.intValueExact(), List.of()));
    }
    return backends;
  }

  private Optional<BackendRef> refOf(String authority) {
    int colon = authority.lastIndexOf(':');
    var host = colon < 0 ? authority : authority.substring(0, colon);
    var port = colon < 0 ? "" : authority.substring(colon + 1);
    if (!port.isEmpty() && !port.matches("[1-9][0-9]{0,4}")) {
      return Optional.empty();
    }
    return Profile.serviceOf(host)
        .map(
            key ->
                ref(
                    key,
                    port.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port))));
  }

  private BackendRef ref(ResourceKey service, OptionalInt port) {
    if (!service.equals(target.service())) {
      return new BackendRef(
          Optional.of(new ServiceKey(target.mesh(), service.namespace(), service.name())),
          "",
          port);
    }
    boolean only =
        target.ports().size() == 1
            && port.equals(OptionalInt.of(target.ports().getFirst().number()));
    return new BackendRef(Optional.empty(), "", only ? OptionalInt.empty() : port);
  }

  private SourcedFields fields(TracedFields holder, int index, String field) {
    return new SourcedFields(holder, sources, "backends[" + index + "]" + field);
  }
}
