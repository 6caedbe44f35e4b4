package io.meshbridge.model.traffic;

import java.time.Duration;
import java.util.Optional;

/** What of a request decides to which endpoint it goes. */
public sealed interface HashKey {
  /** The value of a header. */
  record Header(String name) implements HashKey {}

  /** The value of a cookie, which the mesh sets if it has a lifetime and is absent. */
  record Cookie(String name, Optional<Duration> ttl, String path) implements HashKey {}

  /** A parameter of the query. */
  record QueryParameter(String name) implements HashKey {}

  /** The caller's address. */
  record SourceIp() implements HashKey {}
}
