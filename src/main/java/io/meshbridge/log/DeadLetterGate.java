package io.meshbridge.log;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Keeps a flood of poison from becoming a flood of dead letters: per topic a burst, then a trickle;
 * and what has been let through before is not let through again when the topic is read anew.
 * Belongs to the reader's thread.
 */
final class DeadLetterGate {
  static final int BURST = 100;
  static final Duration TRICKLE = Duration.ofSeconds(1);
  private static final int REMEMBERED = 10_000;
  private static final Logger LOG = Logger.getLogger(DeadLetterGate.class);

  private final LongSupplier nanoTime;
  private final Map<String, Allowance> allowances = new HashMap<>();
  private final Map<Sent, Boolean> sent =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Sent, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  // With the hash: in a topic that was created anew, the same offset is another record.
  private record Sent(String topic, long offset, String valueHash) {}

  private static final class Allowance {
    private int left = BURST;
    private long refilledAt;
    private long heldBack;

    private Allowance(long now) {
      this.refilledAt = now;
    }
  }

  DeadLetterGate(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Whether a dead letter about this record is to be sent now. */
  boolean admits(String topic, long offset, String valueHash) {
    var letter = new Sent(topic, offset, valueHash);
    if (sent.containsKey(letter)) {
      return false;
    }
    var allowance = allowances.computeIfAbsent(topic, added -> new Allowance(nanoTime.getAsLong()));
    refill(topic, allowance);
    if (allowance.left == 0) {
      if (allowance.heldBack++ == 0) {
        LOG.warnf("dead letters held back, too many topic=%s", topic);
      }
      return false;
    }
    allowance.left--;
    sent.put(letter, true);
    return true;
  }

  /** How many of a topic were held back since its allowance last was whole. */
  long heldBack(String topic) {
    var allowance = allowances.get(topic);
    return allowance == null ? 0 : allowance.heldBack;
  }

  private void refill(String topic, Allowance allowance) {
    long earned = (nanoTime.getAsLong() - allowance.refilledAt) / TRICKLE.toNanos();
    if (earned > 0) {
      allowance.refilledAt += earned * TRICKLE.toNanos();
      allowance.left = (int) Math.min(BURST, allowance.left + earned);
    }
    if (allowance.left == BURST && allowance.heldBack > 0) {
      LOG.infof("dead letters flow again topic=%s heldBack=%d", topic, allowance.heldBack);
      allowance.heldBack = 0;
    }
  }
}
