package io.meshbridge.adapter.kubernetes;

import io.meshbridge.spi.Offer;

/** One marked object, read. */
public sealed interface ReadResult {
  /** It can be offered. */
  record Readable(Offer offer) implements ReadResult {}

  /** It cannot; the reason is for its owner. */
  record Unreadable(String reason) implements ReadResult {}
}
