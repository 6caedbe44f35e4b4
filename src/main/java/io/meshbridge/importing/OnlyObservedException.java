package io.meshbridge.importing;

import io.meshbridge.model.Loss;
import java.util.List;

/** A write would have been due in a mesh that is only observed. It was not made. */
final class OnlyObservedException extends RuntimeException {
  private final transient List<Loss> losses;

  /** With what the target could not have been told. */
  OnlyObservedException(List<Loss> losses) {
    super("the mesh is only observed");
    this.losses = List.copyOf(losses);
  }

  List<Loss> losses() {
    return losses;
  }
}
