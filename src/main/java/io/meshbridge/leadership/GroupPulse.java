package io.meshbridge.leadership;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Tells from a count of answered heartbeats until when the group certainly counted this process in.
 * Belongs to the thread that polls.
 */
final class GroupPulse {
  private final long limitNanos;
  private long readAt;
  private double counted;
  private long heardAt;
  private boolean onProbation;

  /**
   * @param limit how long a lease holds without a word
   * @param readAt when the count was read
   * @param counted what it was
   */
  GroupPulse(Duration limit, long readAt, double counted) {
    this.limitNanos = limit.toNanos();
    this.readAt = readAt;
    this.counted = counted;
    this.heardAt = readAt;
  }

  /** The time of the last reading, before which nothing that is counted later was answered. */
  long readAt() {
    return readAt;
  }

  /** A lease began: it was heard at the last reading. */
  void begin() {
    heardAt = readAt;
    onProbation = false;
  }

  /**
   * Takes in a reading.
   *
   * @param now taken before the count was read
   * @return when the group was heard from, if that is news
   */
  OptionalLong read(long now, double count) {
    // The answer came after the previous reading, and nobody knows how long after: a process that
    // was stopped for a minute in between finds an answer waiting that is a minute old. So the
    // previous reading is the latest time that can be vouched for, never now.
    long since = readAt;
    boolean answered = count > counted;
    readAt = now;
    counted = count;
    if (!answered) {
      return OptionalLong.empty();
    }
    // Refusals are counted like consents. While the lease holds that does no harm: the group does
    // not refuse whom it heard from a moment ago without saying at the next poll that he is out.
    // After it has run out, the first answer may be just that refusal. After a refusal there is no
    // second one without rejoining, which tells of the loss: so the second answer counts.
    if (since - heardAt > limitNanos && !onProbation) {
      onProbation = true;
      return OptionalLong.empty();
    }
    onProbation = false;
    heardAt = since;
    return OptionalLong.of(since);
  }
}
