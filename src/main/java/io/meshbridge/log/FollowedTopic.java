package io.meshbridge.log;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.apache.kafka.common.Uuid;

/**
 * How far one topic has been read, and what an answer about it means. Decides only; belongs to the
 * reader's thread.
 */
final class FollowedTopic {
  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);

  /** What is to be done about a topic. */
  sealed interface Step {
    /** Go on. */
    record GoOn() implements Step {}

    /** Read it from its beginning. */
    record Restart(String reason) implements Step {}

    /** Read on where reading ended. */
    record Resume() implements Step {}

    /** It is gone; stop reading until it is back. */
    record Wait() implements Step {}
  }

  /**
   * Where a topic stood when the cluster was asked about it.
   *
   * @param reading counts its readings: an answer that was asked for during another one is void
   */
  record Asked(Instant at, int reading, long position) {}

  private final Duration longestAbsence;
  private boolean reading;
  private int readings;
  private Uuid id = Uuid.ZERO_UUID;
  // Where the topic began when this reading did: compaction leaves that as it is.
  private long begin;
  private long position;
  // Where it ended when the cluster was last asked.
  private OptionalLong end = OptionalLong.empty();
  private OptionalLong seek = OptionalLong.empty();
  private long goal;
  private boolean caughtUp;
  private String restartBecause = "first reading";
  // When it was last known to have been read to its end.
  private Instant current = Instant.MIN;
  private int failures;
  private Instant notBefore = Instant.MIN;

  FollowedTopic(Duration longestAbsence) {
    this.longestAbsence = longestAbsence;
  }

  Asked ask(Instant now) {
    return new Asked(now, readings, position);
  }

  /** Takes in an answer and says what it means. */
  Step hear(TopicState answer, Asked asked, Instant now) {
    if (asked.reading() != readings || now.isBefore(notBefore)) {
      return new Step.GoOn();
    }
    return switch (answer) {
      case TopicState.NotTold ignored -> new Step.GoOn();
      case TopicState.Absent ignored -> absent();
      case TopicState.Present present -> {
        end = OptionalLong.of(present.end());
        yield reading ? whileReading(present, asked, now) : whileWaiting(present, asked);
      }
    };
  }

  private Step absent() {
    end = OptionalLong.empty();
    if (!reading) {
      return new Step.GoOn();
    }
    stop();
    return new Step.Wait();
  }

  private Step whileWaiting(TopicState.Present present, Asked asked) {
    var change = id.equals(Uuid.ZERO_UUID) ? "" : change(present, position);
    if (restartBecause.isEmpty() && change.isEmpty()) {
      reading = true;
      readings++;
      seek = OptionalLong.of(position);
      return new Step.Resume();
    }
    // What the cluster says of the topic tells more than how its change was noticed.
    restartBecause = change.isEmpty() ? restartBecause : change;
    return restart(present, asked, restartBecause);
  }

  private Step whileReading(TopicState.Present present, Asked asked, Instant now) {
    // The position at the time of asking: by now it may have passed what was the end.
    var change = change(present, asked.position());
    if (!change.isEmpty()) {
      return restart(present, asked, change);
    }
    if (position >= present.end()) {
      current = asked.at();
    }
    if (caughtUp && now.isAfter(notBefore.plus(LONGEST_BACKOFF))) {
      failures = 0;
    }
    return new Step.GoOn();
  }

  private String change(TopicState.Present present, long known) {
    if (!present.id().equals(id)) {
      return "the topic was deleted and created anew";
    }
    if (present.end() < known || present.start() > known) {
      return "the topic was truncated: it holds offsets %d to %d, and %d was reached"
          .formatted(present.start(), present.end(), known);
    }
    if (present.start() > begin) {
      return "the topic was truncated: it began at offset %d, and now begins at %d"
          .formatted(begin, present.start());
    }
    return "";
  }

  private Step restart(TopicState.Present present, Asked asked, String reason) {
    reading = true;
    readings++;
    id = present.id();
    begin = present.start();
    position = begin;
    seek = OptionalLong.of(begin);
    goal = present.end();
    caughtUp = false;
    current = asked.at();
    restartBecause = "";
    return new Step.Restart(reason);
  }

  /** Whether it has not been read to its end for so long that it may have lost withdrawals. */
  boolean wasAwayTooLong(Instant now) {
    return restartBecause.isEmpty() && now.isAfter(current.plus(longestAbsence));
  }

  /** Stops; the next answer starts from the beginning. */
  void demandRestart(String reason) {
    stop();
    restartBecause = reason;
  }

  /** Stops after a failure; starts from the beginning after a while that grows with each. */
  void fail(String reason, Instant now) {
    demandRestart(reason);
    backOff(now);
  }

  /** Stops after a refusal; goes on where it ended, after a while that grows with each. */
  void refused(Instant now) {
    stop();
    backOff(now);
  }

  /** Stops; the next answer goes on where it ended, if it is still the same topic. */
  void stop() {
    reading = false;
    readings++;
    seek = OptionalLong.empty();
  }

  boolean isReading() {
    return reading;
  }

  /** Where to jump to before the next poll. */
  OptionalLong takeSeek() {
    var taken = seek;
    seek = OptionalLong.empty();
    return taken;
  }

  long position() {
    return position;
  }

  /** How far its end is ahead of what has been handled, in offsets; empty while nobody knows. */
  OptionalLong lag() {
    return end.isPresent()
        ? OptionalLong.of(Math.max(0, end.getAsLong() - position))
        : OptionalLong.empty();
  }

  void handledUpTo(long reached) {
    position = reached;
  }

  /** Whether the end that this reading began with has been reached; true once per reading. */
  boolean hasJustCaughtUp() {
    if (!reading || caughtUp || position < goal) {
      return false;
    }
    caughtUp = true;
    return true;
  }

  private void backOff(Instant now) {
    var wait = FIRST_BACKOFF.multipliedBy(1L << Math.min(failures, 5));
    failures++;
    notBefore = now.plus(wait.compareTo(LONGEST_BACKOFF) < 0 ? wait : LONGEST_BACKOFF);
  }
}
