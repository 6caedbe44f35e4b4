package io.meshbridge.api;

/** What somebody may do; each may do what those before it may. */
enum Role {
  /** Looks. */
  VIEWER,
  /** Gives orders. */
  OPERATOR;

  /** Whether whoever has this role may do what the other may. */
  boolean includes(Role other) {
    return compareTo(other) >= 0;
  }

  /** As people write it. */
  String word() {
    return switch (this) {
      case VIEWER -> "viewer";
      case OPERATOR -> "operator";
    };
  }
}
