package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.adapter.consul.traffic.ResolverEntry.SubsetEntry;
import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.spi.reading.TracedFields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads a service-resolver. */
final class ResolverReader {
  private static final Pattern SUBSET_NAME = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
  private static final List<String> ALL_BUT_REDIRECT =
      List.of(
          "DefaultSubset",
          "Subsets",
          "Failover",
          "ConnectTimeout",
          "RequestTimeout",
          "LoadBalancer",
          "PrioritizeByLocality");

  private final ConfigEntry entry;
  private final TracedFields fields;
  private final Sources.Builder sources = new Sources.Builder();

  private ResolverReader(ConfigEntry entry, TracedFields fields) {
    this.entry = entry;
    this.fields = fields;
  }

  static ResolverEntry read(ConfigEntry entry, TracedFields fields) {
    return new ResolverReader(entry, fields).read();
  }

  private ResolverEntry read() {
    var redirect = redirect();
    if (redirect.isPresent()) {
      checkAlone();
      return new ResolverEntry(
          new TreeMap<>(),
          "",
          List.of(),
          redirect,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          new TreeMap<>(),
          Sources.NONE);
    }
    var subsets = subsets();
    var requestTimeout = ConsulDurations.readTimeout(fields, "RequestTimeout");
    var connectTimeout = connectTimeout();
    var loadBalancing = LoadBalancerReader.read(fields.object("LoadBalancer"), sources);
    var locality = LocalityReader.read(fields.object("PrioritizeByLocality"), sources);
    var failover = FailoverReader.read(entry, fields, subsets.keySet());
    var defaultSubset = defaultSubset(subsets);
    return new ResolverEntry(
        subsets,
        defaultSubset,
        defaultSubset.isEmpty() ? List.of() : List.of(fields.ref("DefaultSubset")),
        Optional.empty(),
        loadBalancing,
        connectTimeout,
        requestTimeout,
        requestTimeout.map(t -> List.of(fields.ref("RequestTimeout"))).orElse(List.of()),
        locality,
        failover,
        sources.build());
  }

  private Optional<Target> redirect() {
    var redirect = fields.object("Redirect");
    if (redirect.isEmpty()) {
      return Optional.empty();
    }
    return Target.read(redirect, entry, "requests stay with the service itself")
        .filter(target -> !target.refs().isEmpty());
  }

  /** The server ignores the rest (agent/structs, ServiceResolverConfigEntry.Redirect). */
  private void checkAlone() {
    if (fields.has("Failover")) {
      fields.error("Failover", "cannot stand beside a redirect");
    }
    for (String field : ALL_BUT_REDIRECT) {
      fields.drop(field, "a redirect leaves nothing for it to decide", "remove it");
    }
  }

  private String defaultSubset(SortedMap<String, SubsetEntry> subsets) {
    var name = fields.text("DefaultSubset").orElse("");
    if (!name.isEmpty() && !subsets.containsKey(name)) {
      fields.error("DefaultSubset", "there is no subset '" + name + "'");
      return "";
    }
    return name;
  }

  private Optional<Duration> connectTimeout() {
    var timeout = ConsulDurations.read(fields, "ConnectTimeout");
    timeout.ifPresent(t -> sources.add("limits.connectTimeout", fields.ref("ConnectTimeout")));
    return timeout;
  }

  private SortedMap<String, SubsetEntry> subsets() {
    var subsets = new TreeMap<String, SubsetEntry>();
    fields
        .objectMap("Subsets")
        .forEach(
            (name, subset) -> {
              if (SUBSET_NAME.matcher(name).matches()) {
                subsets.put(name, subset(subset));
              } else {
                fields
                    .trace()
                    .error(
                        subset.path(),
                        "the name of a subset must be a DNS label, but is '" + name + "'");
              }
            });
    return subsets;
  }

  private SubsetEntry subset(TracedFields subset) {
    var filter = subset.text("Filter").orElse("");
    subset.drop(
        "OnlyPassing",
        "which health an endpoint needs is not a matter of a subset elsewhere",
        "let checks fail instead of warn");
    var labels = SubsetFilter.parse(filter);
    if (labels.isEmpty()) {
      subset.drop(
          "Filter",
          "the expression asks for more than labels; the subset cannot be told apart",
          "join comparisons of Service.Meta keys by 'and', or use a tag");
    }
    var refs = new ArrayList<FieldRef>();
    refs.add(subset.has("Filter") ? subset.ref("Filter") : subset.ref());
    return new SubsetEntry(labels, refs);
  }
}
