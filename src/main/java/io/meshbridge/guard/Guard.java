package io.meshbridge.guard;

/**
 * By what deletions are guarded.
 *
 * @param settings how many may go
 * @param confirmations what operators have said
 */
public record Guard(GuardSettings settings, Confirmations confirmations) {
  /** As usual, and nobody has said anything. */
  public static final Guard USUAL = new Guard(GuardSettings.USUAL, Confirmations.NONE);
}
