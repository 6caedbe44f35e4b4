package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.spi.reading.TracedFields;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads where copies of requests go. Without a percentage all are copied. */
final class MirrorReader {
  private static final int WHOLE = 100;
  private static final BigDecimal ALL = Percent.of(WHOLE);
  private static final String REF = "ref";

  private final Backends backends;

  MirrorReader(Backends backends) {
    this.backends = backends;
  }

  void read(Route route, FilterList filters) {
    if (route.has("mirror")) {
      var percentRefs = new ArrayList<FieldRef>();
      var percent = percentBeside(route, percentRefs);
      add(
          route.saying("mirror").object("mirror"),
          route.namespaceOf("mirror"),
          percent,
          percentRefs,
          filters);
    } else {
      List.of("mirrorPercentage", "mirrorPercent", "mirror_percent")
          .forEach(
              name -> route.saying(name).drop(name, "counts only beside mirror, not mirrors", ""));
    }
    for (TracedFields mirror : route.saying("mirrors").objects("mirrors")) {
      var refs = new ArrayList<FieldRef>();
      var percent = percentIn(mirror, "percentage", refs).orElse(ALL);
      add(mirror.object("destination"), route.namespaceOf("mirrors"), percent, refs, filters);
    }
  }

  private void add(
      TracedFields destination,
      String namespace,
      BigDecimal percent,
      List<FieldRef> percentRefs,
      FilterList filters) {
    var sources = new Sources.Builder();
    backends
        .read(destination, namespace, REF, sources)
        .ifPresent(
            ref -> {
              var refs = new ArrayList<>(sources.build().of(REF));
              refs.addAll(percentRefs);
              filters.add(new HttpFilter.Mirror(ref, percent), refs);
            });
  }

  private static BigDecimal percentBeside(Route route, List<FieldRef> refs) {
    var exact = percentIn(route.saying("mirrorPercentage"), "mirrorPercentage", refs);
    for (String older : List.of("mirrorPercent", "mirror_percent")) {
      var rule = route.saying(older);
      if (exact.isPresent()) {
        rule.drop(older, "stands beside mirrorPercentage, which Istio takes", "");
      } else {
        var whole = rule.integer(older, 0, WHOLE);
        if (whole.isPresent()) {
          refs.add(rule.ref(older));
          return Percent.of(whole.getAsInt());
        }
      }
    }
    return exact.orElse(ALL);
  }

  private static Optional<BigDecimal> percentIn(
      TracedFields holder, String name, List<FieldRef> refs) {
    var percentage = holder.object(name);
    var value = percentage.decimal("value", 0, WHOLE);
    if (value.isPresent()) {
      refs.add(percentage.ref("value"));
    }
    return value;
  }
}
