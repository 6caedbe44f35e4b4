package io.meshbridge.it.nativegap;

import java.util.HashSet;
import java.util.Set;

/**
 * What a native executable has of a class.
 *
 * @param flags such as {@code allDeclaredMethods}
 * @param members names of fields, and of methods with parameters, that can be used
 * @param queried methods that can be looked up only
 */
record Registration(Set<String> flags, Set<String> members, Set<String> queried) {
  static final Registration NAME_ONLY = new Registration(Set.of(), Set.of(), Set.of());

  Registration {
    flags = Set.copyOf(flags);
    members = Set.copyOf(members);
    queried = Set.copyOf(queried);
  }

  /** What there is if a class is registered twice. */
  Registration and(Registration other) {
    return new Registration(
        union(flags, other.flags), union(members, other.members), union(queried, other.queried));
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    var all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }

  /**
   * Whether a member can be used.
   *
   * @param members {@code Methods}, {@code Constructors} or {@code Fields}
   */
  boolean hasForUse(String members, Access access) {
    return hasAllForUse(members)
        || (access.isPublic() && flags.contains("allPublic" + members))
        || this.members.contains(access.part());
  }

  /** Whether a member can be looked up. */
  boolean hasForLookup(String members, Access access) {
    return hasForUse(members, access)
        || hasAllForLookup(members)
        || (access.isPublic() && flags.contains("queryAllPublic" + members))
        || queried.contains(access.part());
  }

  /** Whether a list of all declared members is complete. */
  boolean hasAllForLookup(String members) {
    return hasAllForUse(members) || flags.contains("queryAllDeclared" + members);
  }

  /** Whether a list of all public members is complete, as far as the class declares them. */
  boolean hasAllPublicForLookup(String members) {
    return hasAllForLookup(members)
        || flags.contains("allPublic" + members)
        || flags.contains("queryAllPublic" + members);
  }

  private boolean hasAllForUse(String members) {
    return flags.contains("allDeclared" + members);
  }
}
