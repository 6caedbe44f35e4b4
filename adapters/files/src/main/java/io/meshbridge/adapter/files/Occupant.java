package io.meshbridge.adapter.files;

import io.meshbridge.model.Ownership;

/** Who stands at a path. */
sealed interface Occupant {
  /** Nobody. */
  record Nobody() implements Occupant {}

  /** A file that the bridge wrote, and may write again. */
  record Ours(Ownership ownership, String digest) implements Occupant {}

  /** Something that is not ours to touch. */
  record Foreign(String holder) implements Occupant {}
}
