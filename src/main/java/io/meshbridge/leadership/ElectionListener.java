package io.meshbridge.leadership;

/**
 * Hears who speaks for the mesh. Called on the election's own thread, which must keep polling: a
 * call only hands over to another thread and returns at once. One that blocks loses the lease.
 */
public interface ElectionListener {
  /** This process speaks for the mesh from now on, for as long as the lease holds. */
  void elected(Lease lease);

  /** It does so no more. Told once for each lease. */
  void lost(String reason);
}
