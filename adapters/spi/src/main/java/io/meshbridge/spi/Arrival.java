package io.meshbridge.spi;

/**
 * How a service stands in a mesh that imports it.
 *
 * @param state where it stands
 * @param name what clients there call; empty if they cannot call it
 * @param reason why it is in this state; empty where the state says all
 */
public record Arrival(State state, String name, String reason) {
  /** Where an import stands, for the owner of the service. */
  public enum State {
    /** There, as it should be. */
    IMPORTED,
    /** There, and no endpoint takes traffic. */
    IDLE,
    /** Not there yet. */
    PENDING,
    /** Not there: somebody else holds its name. */
    CONFLICT,
    /** Not there: it would be wrong or unsafe. */
    REFUSED,
    /** There as last known: it would go, and so would too many others at the same time. */
    HELD,
    /** There as last known: what its mesh says is missing or not understood. */
    STALE,
    /** As it stands, by the will of those who operate that mesh. */
    SUSPENDED;

    /** Whether it is in the mesh for sure. */
    public boolean stands() {
      return this == IMPORTED || this == IDLE || this == HELD || this == STALE;
    }

    /** Whether it is kept out of the mesh until somebody does something. */
    public boolean failed() {
      return this == CONFLICT || this == REFUSED;
    }
  }
}
