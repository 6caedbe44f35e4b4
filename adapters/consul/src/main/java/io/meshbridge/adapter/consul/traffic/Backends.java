package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.adapter.consul.traffic.Chain.Share;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.WeightedBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Shares as the backends of a rule. */
final class Backends {
  private static final int PERCENT = 100;

  private Backends() {}

  static List<WeightedBackend> of(
      MeshId mesh, ServiceName self, List<Share> shares, Sources.Builder sources) {
    // Whole percents read better; nothing but the ratio counts.
    var unit = shares.stream().allMatch(share -> share.hundredths() % PERCENT == 0) ? PERCENT : 1;
    var backends = new ArrayList<WeightedBackend>();
    for (Share share : shares) {
      var at = "backends[" + backends.size() + "]";
      share.weightRefs().forEach(ref -> sources.add(at + ".weight", ref));
      share.refs().forEach(ref -> sources.add(at + ".ref", ref));
      backends.add(
          new WeightedBackend(
              ref(mesh, self, share),
              shares.size() == 1 ? 1 : share.hundredths() / unit,
              filters(share, at, sources)));
    }
    return backends;
  }

  /** What rules call the end of a share; all instances if they cannot tell its subset apart. */
  static BackendRef ref(MeshId mesh, ServiceName self, Share share) {
    return new BackendRef(
        share.service().equals(self) ? Optional.empty() : Optional.of(share.service().in(mesh)),
        share.sayable() ? share.subset() : "",
        OptionalInt.empty());
  }

  private static List<HttpFilter> filters(Share share, String at, Sources.Builder sources) {
    var filters = new ArrayList<HttpFilter>();
    if (!share.request().isEmpty()) {
      addSources(share.request().refs(), at + ".filters[" + filters.size() + "]", sources);
      filters.add(new HttpFilter.RequestHeaders(share.request().change()));
    }
    if (!share.response().isEmpty()) {
      addSources(share.response().refs(), at + ".filters[" + filters.size() + "]", sources);
      filters.add(new HttpFilter.ResponseHeaders(share.response().change()));
    }
    return filters;
  }

  private static void addSources(List<FieldRef> refs, String field, Sources.Builder sources) {
    refs.forEach(ref -> sources.add(field, ref));
  }
}
