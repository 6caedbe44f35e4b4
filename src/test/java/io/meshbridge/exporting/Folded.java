package io.meshbridge.exporting;

import io.meshbridge.catalog.MeshFold;
import java.util.List;

/** A topic as a fold knows it after what was published. */
final class Folded {
  private Folded() {}

  static MeshFold after(MeshFold before, List<Publication> publications) {
    var fold = before;
    for (Publication publication : publications) {
      fold = fold.after(publication.entry());
    }
    return fold;
  }
}
