package io.meshbridge.mapping;

/**
 * One step on the way to a leaf.
 *
 * @param kind into what it leads
 * @param name of the field, or of the key of a map; empty for any
 */
record Step(Kind kind, String name) {
  /** Into what a step leads. */
  enum Kind {
    /** The field of an object, which its schema names. */
    FIELD,
    /** The first element of a list. */
    ELEMENT,
    /** The value of a map, whose keys are its owner's. */
    ENTRY
  }

  static Step field(String name) {
    return new Step(Kind.FIELD, name);
  }

  static Step element() {
    return new Step(Kind.ELEMENT, "");
  }

  static Step entry(String key) {
    return new Step(Kind.ENTRY, key);
  }

  /** As the lists of leaves spell it, behind other steps. */
  String spelled() {
    return switch (kind) {
      case FIELD -> "." + name;
      case ELEMENT -> "[]";
      case ENTRY -> "{" + name + "}";
    };
  }

  /** As losses spell it, behind other steps, if a map's free key is this one. */
  String concrete(String key) {
    return switch (kind) {
      case FIELD -> "." + name;
      case ELEMENT -> "[0]";
      case ENTRY -> "." + keyOr(key);
    };
  }

  /** The key of a map: the one that the step names, or else this one. */
  String keyOr(String key) {
    return name.isEmpty() ? key : name;
  }
}
