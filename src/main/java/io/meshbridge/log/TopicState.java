package io.meshbridge.log;

import org.apache.kafka.common.Uuid;

/** What an inquiry found out about a topic. */
sealed interface TopicState {
  /** There is none of this name (yet). */
  record Absent() implements TopicState {}

  /** Nobody could tell, or nobody would. */
  record NotTold(String reason) implements TopicState {}

  /**
   * It is there.
   *
   * @param id changes when the topic is deleted and created anew
   * @param start its first offset
   * @param end the offset after the last one that readers of committed records may see
   */
  record Present(Uuid id, long start, long end) implements TopicState {}
}
