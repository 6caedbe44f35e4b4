package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.spi.reading.TracedFields;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * For whose requests objects of policy are read: for those of the mesh's own callers, as which
 * callers of other meshes are treated, or for those that come in through one gateway.
 */
final class Callers {
  private static final String ELSEWHERE =
      "holds for what comes in through a gateway, not for callers of the mesh";

  private final Optional<ResourceKey> gateway;
  private final Predicate<ResourceKey> known;

  private Callers(Optional<ResourceKey> gateway, Predicate<ResourceKey> known) {
    this.gateway = gateway;
    this.known = known;
  }

  /**
   * The mesh's own callers.
   *
   * @param known whether a gateway is read for itself
   */
  static Callers ofMesh(Predicate<ResourceKey> known) {
    return new Callers(Optional.empty(), known);
  }

  /** Those who come in through a gateway. */
  static Callers ofGateway(ResourceKey gateway, Predicate<ResourceKey> known) {
    return new Callers(Optional.of(gateway), known);
  }

  /** Whether they come from outside of the mesh. */
  boolean comeIn() {
    return gateway.isPresent();
  }

  /** Whether a VirtualService holds for them. */
  boolean holds(TracedFields spec, String namespace) {
    var names = read(spec, namespace);
    return names.isEmpty() ? gateway.isEmpty() : names.stream().anyMatch(n -> isUs(n, namespace));
  }

  /** Whether a match of a VirtualService that holds for them holds for them, too. */
  boolean holdsIn(TracedFields match, String namespace) {
    var names = read(match, namespace);
    return names.isEmpty() || names.stream().anyMatch(name -> isUs(name, namespace));
  }

  /** Passes over a match that is for others; what nobody reads is lost. */
  void passOver(TracedFields match, String namespace) {
    if (isReadElsewhere(match, namespace)) {
      match.names().forEach(match::ignore);
    } else {
      dropRest(
          match,
          comeIn()
              ? "belongs to a match for others than those who come in through the gateway"
              : "belongs to a match for callers of gateways alone",
          "");
    }
  }

  /** Passes over a rule that takes none of their requests. */
  void passOverRule(TracedFields rule, String namespace) {
    var matches = rule.objects("match");
    boolean elsewhere = matches.stream().allMatch(match -> isReadElsewhere(match, namespace));
    for (String name : rule.names()) {
      if (elsewhere) {
        rule.ignore(name);
      } else if (!name.equals("match")) {
        rule.drop(
            name,
            comeIn()
                ? "belongs to a rule of which no match can hold for what comes in"
                : "belongs to a rule of which no match can hold for callers of the mesh",
            "");
      }
    }
  }

  /** Loses all fields of something that does not count, but for the gateways themselves. */
  static void dropRest(TracedFields fields, String reason, String advice) {
    fields.names().stream()
        .filter(name -> !name.equals("gateways"))
        .forEach(name -> fields.drop(name, reason, advice));
  }

  private List<String> read(TracedFields fields, String namespace) {
    var names = fields.texts("gateways");
    for (int i = 0; i < names.size(); i++) {
      if (!isRead(names.get(i), namespace)) {
        var reason = comeIn() ? "there is no such Gateway among those that are read" : ELSEWHERE;
        fields.trace().lose(fields.pathOf("gateways") + "[" + i + "]", Outcome.DROPPED, reason, "");
      }
    }
    return names;
  }

  private boolean isReadElsewhere(TracedFields match, String namespace) {
    var names = match.texts("gateways");
    return names.stream().anyMatch(name -> isRead(name, namespace) && !isUs(name, namespace));
  }

  private boolean isRead(String name, String namespace) {
    return name.equals(VirtualServiceFacts.MESH)
        || known.test(VirtualServiceFacts.gatewayOf(name, namespace));
  }

  private boolean isUs(String name, String namespace) {
    return gateway
        .map(key -> !name.equals(VirtualServiceFacts.MESH) && isGateway(key, name, namespace))
        .orElseGet(() -> name.equals(VirtualServiceFacts.MESH));
  }

  private static boolean isGateway(ResourceKey key, String name, String namespace) {
    return VirtualServiceFacts.gatewayOf(name, namespace).equals(key);
  }
}
