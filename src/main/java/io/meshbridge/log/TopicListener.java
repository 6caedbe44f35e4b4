package io.meshbridge.log;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Hears what the reader of some topics reads, always on the reader's own thread, one call at a
 * time. It may block to slow the reader down. If a call throws, that topic is read again from its
 * beginning after a while: nothing is lost, much is told twice.
 */
public interface TopicListener {
  /** The topic is read from its beginning, at first or again; what was told before may be gone. */
  void restarted(String topic, String reason);

  /** The next records, at least one, in the order of their offsets. */
  void records(String topic, List<ConsumerRecord<byte[], byte[]>> records);

  /** All that stood in the topic when this reading began has been told; once per reading. */
  void caughtUp(String topic);

  /** The topic is no longer followed. */
  void dropped(String topic);
}
