package io.meshbridge.spi;

import io.meshbridge.model.Loss;
import java.util.List;

/** An import in the target's words, or the reason why there are none. */
public sealed interface Translation {
  /** What could not be said. */
  List<Loss> losses();

  /**
   * The objects that the target shall hold.
   *
   * @param documents in the order in which they have to be written
   * @param callable whether any endpoint that takes traffic is among them
   * @param losses approximated or dropped fields
   */
  record Written(List<NativeDocument> documents, boolean callable, List<Loss> losses)
      implements Translation {
    /** Copies. */
    public Written {
      documents = List.copyOf(documents);
      losses = List.copyOf(losses);
    }

    /** Where some endpoint takes traffic. */
    public Written(List<NativeDocument> documents, List<Loss> losses) {
      this(documents, true, losses);
    }
  }

  /**
   * Nothing may be written.
   *
   * @param losses at least one of outcome {@code REFUSED}
   */
  record Refused(List<Loss> losses) implements Translation {
    /** Copies. */
    public Refused {
      losses = List.copyOf(losses);
    }
  }
}
