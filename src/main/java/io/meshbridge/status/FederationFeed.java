package io.meshbridge.status;

/** Who wants to hear of changes in a {@link FederationView} asks here. */
public interface FederationFeed {
  /** The listener hears of all that changes from now on. */
  void subscribe(FederationListener listener);

  /** It hears no more. */
  void unsubscribe(FederationListener listener);
}
