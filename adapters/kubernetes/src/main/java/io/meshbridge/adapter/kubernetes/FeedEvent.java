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
   */
  record Failed<T>(String reason) implements FeedEvent<T> {}

  /** The server does not know the kind: its custom resource definition is not installed. */
  record Unknown<T>() implements FeedEvent<T> {}
}
