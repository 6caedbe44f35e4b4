package io.meshbridge.log;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * That the guard keeps a service from being taken away (rule 3).
 *
 * @param since when it began to, to the millisecond
 * @param reason how many would go, and what to do
 */
public record Hold(Instant since, String reason) {
  /** Cuts to what the log keeps. */
  public Hold {
    since = since.truncatedTo(ChronoUnit.MILLIS);
  }
}
