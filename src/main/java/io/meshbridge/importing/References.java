package io.meshbridge.importing;

import io.meshbridge.model.ServiceKey;
import java.util.Set;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.MapPSet;

/**
 * Which services send requests to which others by their policy. Immutable; one change costs the
 * same whatever the number of services.
 */
final class References {
  static final References NONE = new References(HashTreePMap.empty(), HashTreePMap.empty());

  private final HashPMap<ServiceKey, Set<ServiceKey>> byUser;
  private final HashPMap<ServiceKey, MapPSet<ServiceKey>> users;

  private References(
      HashPMap<ServiceKey, Set<ServiceKey>> byUser,
      HashPMap<ServiceKey, MapPSet<ServiceKey>> users) {
    this.byUser = byUser;
    this.users = users;
  }

  /** With these others in place of those that the service referred to before. */
  References with(ServiceKey user, Set<ServiceKey> others) {
    var before = byUser.getOrDefault(user, Set.of());
    if (before.equals(others)) {
      return this;
    }
    var newer = users;
    for (ServiceKey other : before) {
      var rest = usersIn(newer, other).minus(user);
      newer = rest.isEmpty() ? newer.minus(other) : newer.plus(other, rest);
    }
    for (ServiceKey other : others) {
      newer = newer.plus(other, usersIn(newer, other).plus(user));
    }
    return new References(
        others.isEmpty() ? byUser.minus(user) : byUser.plus(user, Set.copyOf(others)), newer);
  }

  /** The services whose policy sends requests to this one. */
  Set<ServiceKey> usersOf(ServiceKey service) {
    return usersIn(users, service);
  }

  private static MapPSet<ServiceKey> usersIn(
      HashPMap<ServiceKey, MapPSet<ServiceKey>> users, ServiceKey service) {
    var known = users.get(service);
    return known == null ? HashTreePSet.empty() : known;
  }
}
