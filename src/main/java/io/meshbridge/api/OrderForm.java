package io.meshbridge.api;

import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.orders.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * An order as somebody wrote it, before anybody has looked whether it can be given.
 *
 * @param service a single one; all if not given
 * @param why one line
 */
record OrderForm(String origin, String target, Optional<ServiceRef> service, String why) {
  private static final int MOST_CHARACTERS = 300;

  /** What a mesh is called in a request, before it is known whether there is one. */
  private record Named(String field, String value) {}

  /**
   * Looks what can be seen without asking anybody.
   *
   * @throws BadParameterException if the reason is missing or cannot be kept
   */
  void checkReason(boolean isNeeded) {
    boolean isPlain =
        why.length() <= MOST_CHARACTERS && why.chars().noneMatch(Character::isISOControl);
    if (!isPlain || (isNeeded && why.isBlank())) {
      throw new BadParameterException(
          List.of(
              new Problem.Fault(
                  "why",
                  BodyReader.shown(why),
                  "the reason, for those who find the act later: one line of at most "
                      + MOST_CHARACTERS
                      + " characters")));
    }
  }

  /**
   * The pause that is meant.
   *
   * @throws BadParameterException if it names what is not there
   */
  Order.Pause pause(List<Member> members) {
    var faults = new ArrayList<Problem.Fault>();
    var mesh = mesh(new Named("target", target), members, faults);
    service.ifPresent(one -> mesh(new Named("service.mesh", one.mesh()), members, faults));
    var single = service.flatMap(one -> key(one, faults));
    requireNone(faults);
    return new Order.Pause(mesh.orElseThrow(), single);
  }

  /**
   * The confirmation that is meant.
   *
   * @throws BadParameterException if it names what is not there
   */
  Order.Confirm confirm(List<Member> members) {
    var faults = new ArrayList<Problem.Fault>();
    var from = mesh(new Named("origin", origin), members, faults);
    var where =
        target.isEmpty()
            ? Optional.<MeshId>empty()
            : mesh(new Named("target", target), members, faults);
    requireNone(faults);
    return new Order.Confirm(from.orElseThrow(), where);
  }

  private static Optional<MeshId> mesh(
      Named named, List<Member> members, List<Problem.Fault> faults) {
    var found =
        members.stream().map(Member::id).filter(id -> id.value().equals(named.value())).findFirst();
    if (found.isEmpty()) {
      var known = new TreeSet<>(members.stream().map(member -> member.id().value()).toList());
      faults.add(
          new Problem.Fault(
              named.field(), BodyReader.shown(named.value()), "one of the members " + known));
    }
    return found;
  }

  private static Optional<ServiceKey> key(ServiceRef ref, List<Problem.Fault> faults) {
    try {
      return Optional.of(new ServiceKey(new MeshId(ref.mesh()), ref.namespace(), ref.name()));
    } catch (IllegalArgumentException nameOfNothing) {
      faults.add(
          new Problem.Fault(
              "service",
              BodyReader.shown(ref.mesh() + "/" + ref.namespace() + "/" + ref.name()),
              "mesh, namespace and name of a service"));
      return Optional.empty();
    }
  }

  private static void requireNone(List<Problem.Fault> faults) {
    if (!faults.isEmpty()) {
      throw new BadParameterException(faults);
    }
  }
}
