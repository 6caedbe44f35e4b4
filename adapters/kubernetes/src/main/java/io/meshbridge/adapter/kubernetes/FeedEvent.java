package io.meshbridge.adapter.kubernetes;

import java.util.Map;

/**
 * What a {@link ResourceFeed} says of the objects of one kind.
 *
 * @param <T> what is kept of an object
 */
public sealed interface FeedEvent<T> {
  /**
   * A complete read: what is not in it is gone.
   *
   * @param resourceVersion the state of the server that was read
   */
  record Listed<T>(Map<ResourceKey, T> objects, String resourceVersion) implements FeedEvent<T> {}

  /** One object is new or has changed. */
  record Changed<T>(ResourceKey key, T object) implements FeedEvent<T> {}

  /**
   * One object was deleted.
   *
   * @param resourceVersion the state of the server in which it is gone
   */
  record Gone<T>(ResourceKey key, String resourceVersion) implements FeedEvent<T> {}

  /**
   * The kind cannot be read just now. Says nothing of any object. After it comes a {@link Listed}
   * as soon as the kind can be read again.
   *
   * @param denied whether the server says that we may not, rather than that it cannot
   */
  record Failed<T>(String reason, boolean denied) implements FeedEvent<T> {
    /** Where the server cannot. */
    public Failed(String reason) {
      this(reason, false);
    }
  }

  /** The server does not know the kind: its custom resource definition is not installed. */
  record Unknown<T>() implements FeedEvent<T> {}
}
