package io.meshbridge.doctor;

import java.util.stream.Stream;

/** Looks for a trap in the documents of a mesh. */
public non-sealed interface DocumentCheck extends Check {
  /** Where it is, if it is there. */
  Stream<Finding> look(DocumentSet documents);

  /** The trap, found there. */
  default Finding found(Part part, String what) {
    return new Finding(trap(), part.location(), part.path(), what);
  }
}
