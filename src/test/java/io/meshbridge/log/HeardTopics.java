package io.meshbridge.log;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Writes down what a reader tells, one line per call and per record. */
final class HeardTopics implements TopicListener {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private volatile Consumer<String> beforeEach = line -> {};

  /** What happens on the reader's thread before a line is written. */
  void beforeEach(Consumer<String> action) {
    beforeEach = action;
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  List<String> linesOf(String topic) {
    return lines.stream().filter(line -> line.matches("\\w+ " + topic + "(:.*)?")).toList();
  }

  @Override
  public void restarted(String topic, String reason) {
    write("restarted " + topic + ": " + reason);
  }

  @Override
  public void records(String topic, List<ConsumerRecord<byte[], byte[]>> records) {
    for (var record : records) {
      write("record " + topic + ": " + new String(record.value(), StandardCharsets.UTF_8));
    }
  }

  @Override
  public void caughtUp(String topic) {
    write("caughtUp " + topic);
  }

  @Override
  public void dropped(String topic) {
    write("dropped " + topic);
  }

  private void write(String line) {
    beforeEach.accept(line);
    lines.add(line);
  }
}
