package io.meshbridge.spi;

import java.time.Instant;

/**
 * How an export stands, and how it stood when its owner was last told.
 *
 * @param before equal to {@code now} if nothing has happened
 * @param now of the same service
 * @param seenAt when the difference was first seen; stays when the same news are told again
 */
public record ExportNews(ExportReport before, ExportReport now, Instant seenAt) {
  /**
   * @throws IllegalArgumentException if the two are of different services
   */
  public ExportNews {
    if (!before.service().equals(now.service())) {
      throw new IllegalArgumentException(
          "news are of one service, but these of " + before.service() + " and " + now.service());
    }
  }
}
