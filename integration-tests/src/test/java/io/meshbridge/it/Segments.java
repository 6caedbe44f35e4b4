package io.meshbridge.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.record.FileRecords;
import org.apache.kafka.common.record.RecordBatch;

/** A topic as it lies on the broker's disk: only there stands which producer wrote what. */
final class Segments {
  private Segments() {}

  /**
   * Some records that were written together.
   *
   * @param control whether they are the broker's own, such as the end of a transaction
   */
  record Batch(long firstOffset, long lastOffset, long producer, int epoch, boolean control) {}

  /** All batches of a one-partition topic, in order; those of aborted transactions too. */
  static List<Batch> batches(Path brokerData, String topic) throws IOException {
    var batches = new ArrayList<Batch>();
    try (var files = Files.list(brokerData.resolve(topic + "-0"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".log")).sorted().toList()) {
        var records = FileRecords.open(file.toFile(), false);
        try {
          for (RecordBatch batch : records.batches()) {
            batches.add(
                new Batch(
                    batch.baseOffset(),
                    batch.lastOffset(),
                    batch.producerId(),
                    batch.producerEpoch(),
                    batch.isControlBatch()));
          }
        } finally {
          // close() would cut the file to what we saw of it, and the broker goes on writing.
          records.closeHandlers();
        }
      }
    }
    return batches;
  }
}
