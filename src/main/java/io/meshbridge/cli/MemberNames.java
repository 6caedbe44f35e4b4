package io.meshbridge.cli;

import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import java.util.List;

/** Meshes and services as people name them in orders. */
final class MemberNames {
  private MemberNames() {}

  /**
   * The member of that name.
   *
   * @throws InvalidInputException if there is none; it names those that there are
   */
  static Member member(String id, List<Member> members) {
    return members.stream()
        .filter(member -> member.id().value().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "'"
                        + id
                        + "' is no member; members are "
                        + members.stream().map(member -> member.id().value()).sorted().toList()));
  }

  /** Its id. */
  static MeshId mesh(String id, List<Member> members) {
    return member(id, members).id();
  }

  /**
   * The service of that name, which may or may not exist.
   *
   * @throws InvalidInputException if it is not named in full, or its mesh is no member
   */
  static ServiceKey service(String name, List<Member> members) {
    var pattern = ServicePattern.parse(name);
    if (pattern.mesh().isEmpty()) {
      throw new InvalidInputException(
          "SERVICE: '" + name + "' must be named in full, such as east/shop/web");
    }
    return new ServiceKey(mesh(pattern.mesh(), members), pattern.namespace(), pattern.name());
  }
}
