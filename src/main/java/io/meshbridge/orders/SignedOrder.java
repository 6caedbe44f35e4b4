package io.meshbridge.orders;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An order that stands.
 *
 * @param by who gave it
 * @param why in that person's words
 * @param at when, to the millisecond
 */
public record SignedOrder(Order order, String by, String why, Instant at) {
  /** Cuts to what the log keeps. */
  public SignedOrder {
    at = at.truncatedTo(ChronoUnit.MILLIS);
  }
}
