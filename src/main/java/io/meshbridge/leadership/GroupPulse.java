package io.meshbridge.leadership;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Tells from what the group has answered until when it certainly counted this process in. Belongs
 * to the thread that polls.
 */
final class GroupPulse {
  private final long limitNanos;
  private long readAt;
  private Answers counted;
  private long heardAt;
  private boolean onProbation;

  /**
   * What the group has answered so far; both only grow.
   *
   * @param heartbeats answered, with consent or refusal
   * @param rounds of a rebalance in which it took this process in; while one goes on there are no
   *     heartbeats, and another member's coming and going must not cost us the lease
   */
  record Answers(double heartbeats, double rounds) {}

  /**
   * @param limit how long a lease holds without a word
   * @param readAt when the answers were counted
   * @param counted how many there were
   */
  GroupPulse(Duration limit, long readAt, Answers counted) {
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
   * @param now taken before the answers were counted
   * @return when the group was heard from, if that is news
   */
  OptionalLong read(long now, Answers count) {
    // The answer came after the previous reading, and nobody knows how long after: a process that
    // was stopped for a minute in between finds an answer waiting that is a minute old. So the
    // previous reading is the latest time that can be vouched for, never now.
    long since = readAt;
    boolean beaten = count.heartbeats() > counted.heartbeats();
    boolean takenIn = count.rounds() > counted.rounds();
    readAt = now;
    counted = count;
    if (takenIn) {
      return OptionalLong.of(hear(since));
    }
    if (!beaten) {
      return OptionalLong.empty();
    }
    // Refused heartbeats are counted like granted ones. While the lease holds that does no harm:
    // the group does
    // not refuse whom it heard from a moment ago without saying at the next poll that he is out.
    // After it has run out, the first answer may be just that refusal. After a refusal there is no
    // second one without rejoining, which tells of the loss: so the second answer counts.
    if (since - heardAt > limitNanos && !onProbation) {
      onProbation = true;
      return OptionalLong.empty();
    }
    return OptionalLong.of(hear(since));
  }

  private long hear(long since) {
    onProbation = false;
    heardAt = since;
    return since;
  }
}
