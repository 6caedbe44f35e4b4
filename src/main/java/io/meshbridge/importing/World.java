package io.meshbridge.importing;

import io.meshbridge.catalog.Catalog;
import io.meshbridge.catalog.Standing.Gone;
import io.meshbridge.catalog.Standing.Present;
import io.meshbridge.catalog.Standing.Unknown;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * All that a target's decisions depend on, as one immutable value: whoever decides takes it once,
 * so that no decision mixes an old catalog with new names.
 */
public final class World {
  private final TargetMesh target;
  private final Catalog catalog;
  private final Claims claims;
  private final References references;
  private final Map<MeshId, String> silent;

  private World(
      TargetMesh target,
      Catalog catalog,
      Claims claims,
      References references,
      Map<MeshId, String> silent) {
    this.target = target;
    this.catalog = catalog;
    this.claims = claims;
    this.references = references;
    this.silent = silent;
  }

  /** The world as it looks to a target before anything has been read. */
  public static World of(TargetMesh target) {
    return new World(target, Catalog.EMPTY, Claims.NONE, References.NONE, Map.of());
  }

  /**
   * A world, and the services about which it decides otherwise, perhaps.
   *
   * @param touched the services to decide about again
   */
  public record Step(World world, Set<ServiceKey> touched) {
    /** Copies. */
    public Step {
      touched = Set.copyOf(touched);
    }
  }

  /** The world with a newer catalog. Costs what the change costs, not what the catalog holds. */
  public Step with(Catalog.Change change) {
    var touched = new HashSet<>(change.services());
    for (MeshId mesh : change.meshes()) {
      touched.addAll(catalog.services(mesh));
      touched.addAll(change.catalog().services(mesh));
    }
    var newClaims = claims;
    var newReferences = references;
    var affected = new HashSet<ServiceKey>();
    for (ServiceKey service : touched) {
      var update = claimOf(service, change.catalog(), newClaims);
      newClaims = update.claims();
      newReferences = newReferences.with(service, othersOf(service, change.catalog()));
      affected.addAll(update.affected());
    }
    touched.addAll(affected);
    var after = new World(target, change.catalog(), newClaims, newReferences, silent);
    touched.addAll(usersOfChanged(touched, after));
    return new Step(after, touched);
  }

  /** Whose policy sends requests to a service that is now called otherwise, or is another. */
  private Set<ServiceKey> usersOfChanged(Set<ServiceKey> touched, World after) {
    var users = new HashSet<ServiceKey>();
    for (ServiceKey service : touched) {
      var using = after.references.usersOf(service);
      if (!using.isEmpty()
          && !ImportPlanner.called(service, this).equals(ImportPlanner.called(service, after))) {
        users.addAll(using);
      }
    }
    return users;
  }

  private static Set<ServiceKey> othersOf(ServiceKey service, Catalog newer) {
    return newer.standing(service) instanceof Present(var state)
        ? state.export().traffic().otherServices()
        : Set.of();
  }

  /**
   * The world with other meshes silent.
   *
   * @param newer for each mesh of which what is known may be old, why
   */
  public Step withSilent(Map<MeshId, String> newer) {
    var touched = new HashSet<ServiceKey>();
    for (MeshId mesh : catalog.meshIds()) {
      if (!newer.getOrDefault(mesh, "").equals(silent.getOrDefault(mesh, ""))) {
        touched.addAll(catalog.services(mesh));
      }
    }
    return new Step(new World(target, catalog, claims, references, Map.copyOf(newer)), touched);
  }

  TargetMesh target() {
    return target;
  }

  /** The catalog. */
  public Catalog catalog() {
    return catalog;
  }

  /** Whether another service has the name that this one would have if it were alone. */
  boolean isContested(ServiceKey service, String name) {
    return claims.holder(name).filter(holder -> !holder.equals(service)).isPresent();
  }

  /** Who has the name. */
  String holderOf(String name) {
    return claims.holder(name).map(ServiceKey::toString).orElse("nobody");
  }

  /** Why what is known of a mesh may be old; empty if it is current. */
  String silenceOf(MeshId mesh) {
    return silent.getOrDefault(mesh, "");
  }

  private Claims.Update claimOf(ServiceKey service, Catalog newer, Claims before) {
    return switch (newer.standing(service)) {
      case Present(var state) when Selection.isWanted(state.export(), target, newer) -> {
        var name = Selection.plainName(service, target, newer);
        yield before.with(new Claims.Claim(name, state.export().firstSeen(), service));
      }
      // What stands stays, and so does its name: a rival would wait for it for ever.
      case Unknown ignored -> new Claims.Update(before, Set.of());
      case Present ignored -> before.without(service);
      case Gone ignored -> before.without(service);
    };
  }
}
