package io.meshbridge.model;

/** Whether an endpoint should be given traffic. Ordered from best to worst. */
public enum Health {
  /** Ready, or passing. */
  READY,
  /** Serves, but its owner warns; given traffic with its (lower) weight. */
  WARNING,
  /** Serves what it has and takes nothing new: it is terminating. */
  DRAINING,
  /** Not ready, or critical: must get no traffic. */
  NOT_READY;

  /** Whether new requests may go there. */
  public boolean takesTraffic() {
    return this == READY || this == WARNING;
  }
}
