package io.meshbridge.spi;

import io.meshbridge.model.Loss;
import java.util.List;

/** What became of an import in its target. */
public sealed interface ApplyOutcome {
  /**
   * The target is as it should be.
   *
   * @param name what clients call there
   * @param written whether that took a write
   * @param callable whether any endpoint that takes traffic stands in the target
   * @param losses what the target's words could not say
   */
  record Applied(String name, boolean written, boolean callable, List<Loss> losses)
      implements ApplyOutcome {
    /** Copies. */
    public Applied {
      losses = List.copyOf(losses);
    }

    /** Where some endpoint takes traffic. */
    public Applied(String name, boolean written, List<Loss> losses) {
      this(name, written, true, losses);
    }
  }

  /**
   * Somebody else holds the name; nothing of ours stands there (any more).
   *
   * @param name the name that is taken
   * @param holder who holds it, in the target's words, such as {@code ServiceEntry shop/web}
   */
  record Conflict(String name, String holder) implements ApplyOutcome {}

  /**
   * The target's words cannot say it rightly, so nothing was written and what stood is removed.
   *
   * @param losses at least one of outcome {@code REFUSED}
   */
  record Refused(List<Loss> losses) implements ApplyOutcome {
    /** Copies. */
    public Refused {
      losses = List.copyOf(losses);
    }
  }

  /**
   * The target refused the write for a reason that trying again will not mend, such as a validation
   * or a missing right.
   *
   * @param reason in the target's words, without secrets
   */
  record Rejected(String reason) implements ApplyOutcome {}
}
