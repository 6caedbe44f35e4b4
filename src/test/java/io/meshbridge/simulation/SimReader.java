package io.meshbridge.simulation;

import java.util.List;
import java.util.Optional;

/** Where one process stands in one topic. */
final class SimReader {
  private final SimTopic topic;
  private int epoch = -1;
  private long position;
  private long goal;
  private boolean hasCaughtUp;

  SimReader(SimTopic topic) {
    this.topic = topic;
  }

  /**
   * What the reader tells.
   *
   * @param restart why it begins again; empty if it goes on
   * @param caughtUp whether all that stood there when it began has been told now
   */
  record Told(Optional<String> restart, List<SimTopic.Stored> records, boolean caughtUp) {}

  /** The next records. */
  Told next(int atMost) {
    Optional<String> restart = Optional.empty();
    if (epoch != topic.epoch()) {
      restart = Optional.of("the topic is another one");
      epoch = topic.epoch();
      position = 0;
      goal = topic.end();
      hasCaughtUp = false;
    }
    var records = topic.read(position, atMost);
    // Where compaction has left a hole, the position passes over it.
    position = records.size() < atMost ? topic.end() : records.get(records.size() - 1).offset() + 1;
    boolean caughtUpNow = !hasCaughtUp && position >= goal;
    hasCaughtUp |= caughtUpNow;
    return new Told(restart, records, caughtUpNow);
  }

  /** Records that were told already. */
  Told again(int atMost) {
    return epoch == topic.epoch()
        ? new Told(Optional.empty(), topic.before(position, atMost), false)
        : new Told(Optional.empty(), List.of(), false);
  }

  void beginAgain() {
    epoch = -1;
  }

  long position() {
    return position;
  }
}
