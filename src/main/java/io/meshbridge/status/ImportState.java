package io.meshbridge.status;

/** Where an import stands. The words are part of the REST interface and of the status topic. */
public enum ImportState {
  /** Known, and not yet in the target as it should be. */
  PENDING("Pending"),
  /** In the target, as it should be. */
  APPLIED("Applied"),
  /** In the target, but no endpoint takes traffic. */
  DEGRADED("Degraded"),
  /** Somebody else holds its name in the target. */
  CONFLICT("Conflict"),
  /** Cannot be had in the target without being wrong or unsafe. */
  REFUSED("Refused"),
  /** In the target as last known: it would go, and so would too many others at the same time. */
  HELD("Held"),
  /** In the target as last known; its origin is silent, or says something not understood. */
  STALE("Stale"),
  /** As it stands in the target, by an operator's order. */
  PAUSED("Paused"),
  /** Not as it would be in the target, since that is only observed; the reason says what is due. */
  OBSERVED("Observed");

  private final String word;

  ImportState(String word) {
    this.word = word;
  }

  /** As REST and the log spell it. */
  public String word() {
    return word;
  }
}
