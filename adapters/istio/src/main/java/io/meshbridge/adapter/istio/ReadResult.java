package io.meshbridge.adapter.istio;

import io.meshbridge.spi.Offer;

/** One marked object, read. */
sealed interface ReadResult {
  /** It can be offered. */
  record Readable(Offer offer) implements ReadResult {}

  /** It cannot; the reason is for its owner. */
  record Unreadable(String reason) implements ReadResult {}
}
