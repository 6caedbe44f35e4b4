package io.meshbridge.it;

/** What a test does to a mesh. */
sealed interface Operation {
  /** The service is there, and looks like this. */
  record Put(Shop shop) implements Operation {}

  /** It is not there any more. */
  record Remove(String name) implements Operation {}
}
