package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.model.traffic.ClientMatch;
import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.TextMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a route of a Service asks of every request, whatever its rules say: its ports, its hosts,
 * who calls.
 *
 * @param ports each as a condition; an empty one for all
 * @param hosts empty for any
 * @param client who calls
 * @param regexRanksWithExact as in {@link RouteDialect}
 */
record ServiceConditions(
    List<OptionalInt> ports, List<Host> hosts, ClientMatch client, boolean regexRanksWithExact)
    implements Conditions {
  /**
   * A host name, or {@code *.} and a suffix of host names.
   *
   * @param own whether it is a name of the Service itself, for which its import has another one
   * @param ref where it was declared
   */
  record Host(String name, boolean own, FieldRef ref) {
    boolean isSuffix() {
      return name.startsWith("*.");
    }

    /** Hosts are compared without regard to their case, and without their port. */
    TextMatch match() {
      var host = isSuffix() ? "[^:]+" + Regexes.quote(name.substring(1)) : Regexes.quote(name);
      return new TextMatch(TextMatch.Kind.REGEX, host + "(:[0-9]+)?", true);
    }
  }

  ServiceConditions {
    ports = List.copyOf(ports);
    hosts = List.copyOf(hosts);
  }

  /** Once for each port and host. */
  @Override
  public List<RuleDraft.Ranked> on(HttpMatch match, Sources sources, boolean grpc) {
    var all = new ArrayList<RuleDraft.Ranked>();
    for (OptionalInt port : ports) {
      if (hosts.isEmpty()) {
        all.add(ranked(with(match, Optional.empty(), port), sources, grpc, 0, 0));
      }
      for (Host host : hosts) {
        var builder = new Sources.Builder().add("authority", host.ref());
        sources.fields().forEach((field, refs) -> refs.forEach(ref -> builder.add(field, ref)));
        all.add(
            ranked(
                with(match, host.own() ? Optional.empty() : Optional.of(host.match()), port),
                builder.build(),
                grpc,
                host.isSuffix() ? 1 : 2,
                host.name().length()));
      }
    }
    return all;
  }

  private RuleDraft.Ranked ranked(
      HttpMatch match, Sources sources, boolean grpc, int hostClass, int hostLength) {
    var rank = Rank.of(match, grpc, regexRanksWithExact, hostClass, hostLength);
    return new RuleDraft.Ranked(rank, match, sources);
  }

  private HttpMatch with(HttpMatch match, Optional<TextMatch> authority, OptionalInt port) {
    return new HttpMatch(
        match.path(),
        match.method(),
        match.headers(),
        match.query(),
        authority,
        match.scheme(),
        port,
        client);
  }
}
