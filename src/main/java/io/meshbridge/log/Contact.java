package io.meshbridge.log;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/** Whether the cluster answers; one line of log per change. */
final class Contact {
  private static final Logger LOG = Logger.getLogger(Contact.class);

  private final LongSupplier nanoTime;
  private volatile boolean connected;
  private volatile long heardAt;
  // Belongs to the reader's thread.
  private boolean outageTold;

  Contact(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.heardAt = nanoTime.getAsLong();
  }

  boolean connected() {
    return connected;
  }

  Duration sinceHeard() {
    return Duration.ofNanos(nanoTime.getAsLong() - heardAt);
  }

  void answered() {
    heardAt = nanoTime.getAsLong();
    if (!connected) {
      connected = true;
      outageTold = false;
      LOG.info("log reachable");
    }
  }

  void failed(String reason) {
    connected = false;
    if (!outageTold) {
      outageTold = true;
      LOG.warnf("log unreachable, trying on error=%s", reason);
    }
  }
}
