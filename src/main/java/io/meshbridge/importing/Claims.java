package io.meshbridge.importing;

import io.meshbridge.model.ServiceKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePSet;

/**
 * Which service wants which name in one target. Who was exported first has it, then the lower mesh
 * id, then the lower key: a total order that does not depend on who came to this process first.
 * Immutable; one change costs the same whatever the number of claims.
 */
final class Claims {
  static final Claims NONE = new Claims(HashTreePMap.empty(), HashTreePMap.empty());

  private final HashPMap<ServiceKey, Claim> byService;
  private final HashPMap<String, TreePSet<Claim>> byName;

  private Claims(HashPMap<ServiceKey, Claim> byService, HashPMap<String, TreePSet<Claim>> byName) {
    this.byService = byService;
    this.byName = byName;
  }

  /**
   * A wish for a name.
   *
   * @param firstSeen when the service was first exported
   */
  record Claim(String name, Instant firstSeen, ServiceKey service) implements Comparable<Claim> {
    private static final Comparator<Claim> ORDER =
        Comparator.comparing(Claim::firstSeen).thenComparing(Claim::service);

    @Override
    public int compareTo(Claim other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * Claims after a change.
   *
   * @param affected the services that may now have another name than before, beside the one that
   *     was changed
   */
  record Update(Claims claims, Set<ServiceKey> affected) {}

  /** With this claim in place of the service's former one. */
  Update with(Claim claim) {
    if (claim.equals(byService.get(claim.service()))) {
      return new Update(this, Set.of());
    }
    var without = without(claim.service());
    var rivals = without.claims.rivals(claim.name());
    var affected = new HashSet<>(without.affected);
    firstOf(rivals).ifPresent(first -> affected.add(first.service()));
    var added =
        new Claims(
            without.claims.byService.plus(claim.service(), claim),
            without.claims.byName.plus(claim.name(), rivals.plus(claim)));
    return new Update(added, affected);
  }

  /** Without any claim of the service. */
  Update without(ServiceKey service) {
    var former = byService.get(service);
    if (former == null) {
      return new Update(this, Set.of());
    }
    var rest = rivals(former.name()).minus(former);
    var removed =
        new Claims(
            byService.minus(service),
            rest.isEmpty() ? byName.minus(former.name()) : byName.plus(former.name(), rest));
    var affected = new HashSet<ServiceKey>();
    firstOf(rest).ifPresent(first -> affected.add(first.service()));
    return new Update(removed, affected);
  }

  /** Who has the name, if anybody wants it. */
  Optional<ServiceKey> holder(String name) {
    return firstOf(rivals(name)).map(Claim::service);
  }

  private TreePSet<Claim> rivals(String name) {
    var claims = byName.get(name);
    return claims == null ? TreePSet.empty() : claims;
  }

  private static Optional<Claim> firstOf(TreePSet<Claim> claims) {
    return claims.isEmpty() ? Optional.empty() : Optional.of(claims.first());
  }
}
