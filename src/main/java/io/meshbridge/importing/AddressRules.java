package io.meshbridge.importing;

import io.meshbridge.model.AddressRange;
import io.meshbridge.model.ForbiddenRange;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.Member;
import io.meshbridge.model.NameSyntax;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which addresses a mesh may publish: rule 12. Pure; never looks a name up. What cannot be told for
 * certain to be allowed is not.
 */
final class AddressRules {
  private static final String PUBLISH_ANOTHER =
      "publish an address at which clients of other meshes reach the endpoint";

  // Whatever ends in a number is an IPv4 address to some resolvers (WHATWG URL, 4.5): 127.1,
  // 0177.0.0.1, 0x7f.0.0.1, 2130706433.
  private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)");

  // A label "svc" is in every name of a Kubernetes Service, whatever the cluster's domain.
  private static final String OF_SERVICES = ".svc.";
  private static final List<String> FORBIDDEN_SUFFIXES =
      List.of(".cluster.local", ".consul", ".mesh.internal", ".localhost");
  private static final Set<String> METADATA_HOSTS =
      Set.of("metadata.google.internal", "metadata.goog", "instance-data.ec2.internal");

  private static final List<AddressRange> LOOPBACK =
      Stream.of("127.0.0.0/8", "::1/128")
          .flatMap(block -> AddressRange.parse(block).stream())
          .toList();

  private final List<String> limits;
  private final List<AddressRange> ranges;

  private AddressRules(List<String> limits) {
    this.limits = limits;
    // A limit that cannot be read admits nothing: to skip it would be to lift it.
    this.ranges = limits.stream().map(AddressRange::parse).flatMap(Optional::stream).toList();
  }

  /** What holds for a member; only what holds for all, if nothing is known of it. */
  static AddressRules of(Optional<Member> member) {
    return new AddressRules(member.map(Member::addressRanges).orElse(List.of()));
  }

  /** Why the endpoint at an address is left out; empty if it may be called. */
  Optional<Loss> lossOf(String address, Location location) {
    return AddressRange.literal(address)
        .map(this::objectionToIp)
        .orElseGet(() -> objectionToName(address))
        .map(found -> found.at(location, "endpoints[" + address + "]"));
  }

  private record Objection(String reason, String advice) {
    private Loss at(Location location, String path) {
      return new Loss(location, path, Outcome.DROPPED, reason, advice);
    }
  }

  private Optional<Objection> objectionToIp(InetAddress address) {
    return ForbiddenRange.of(address)
        .filter(range -> !isOnOneMachine(address))
        .map(range -> new Objection("it is " + range.inWords(), PUBLISH_ANOTHER))
        .or(() -> ranges.stream().anyMatch(r -> r.contains(address)) ? allowed() : outside());
  }

  /**
   * Whether a federation on one machine is meant: only there does a loopback address mean the same
   * to all, so its operators have to give the member a range of them, and of nothing else.
   */
  private boolean isOnOneMachine(InetAddress address) {
    return ranges.stream()
        .filter(range -> range.contains(address))
        .anyMatch(range -> LOOPBACK.stream().anyMatch(block -> block.covers(range)));
  }

  private Optional<Objection> objectionToName(String address) {
    var name = nameOf(address);
    if (ENDS_IN_NUMBER.matcher(name).matches() || !NameSyntax.DNS_NAME.accepts(name)) {
      return objection("its address is neither an IP address nor a DNS name", PUBLISH_ANOTHER);
    }
    if (belongsToTargets(name)) {
      return objection(
          "its name belongs to whoever calls it: it means another host in each mesh",
          PUBLISH_ANOTHER);
    }
    return outside();
  }

  /** Names are the same in upper and lower case, and with the dot that ends a whole name. */
  private static String nameOf(String address) {
    var name = address.toLowerCase(Locale.ROOT);
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private static boolean belongsToTargets(String name) {
    return !name.contains(".")
        || ("." + name + ".").contains(OF_SERVICES)
        || FORBIDDEN_SUFFIXES.stream().anyMatch(name::endsWith)
        || METADATA_HOSTS.contains(name);
  }

  /** A name may lead anywhere, so it lies in no range. */
  private Optional<Objection> outside() {
    return limits.isEmpty()
        ? allowed()
        : objection(
            "its address is outside the ranges that its mesh may publish: "
                + String.join(", ", limits),
            "if it is right: meshbridge members add, with one more --address-range");
  }

  private static Optional<Objection> objection(String reason, String advice) {
    return Optional.of(new Objection(reason, advice));
  }

  private static Optional<Objection> allowed() {
    return Optional.empty();
  }
}
