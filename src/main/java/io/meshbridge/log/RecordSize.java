package io.meshbridge.log;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** What a record measures on the wire, rounded up. */
final class RecordSize {
  // What Kafka adds to the first record of a batch (61), to each record (21) and to each header
  // (two lengths of at most 5), and some room.
  private static final int BATCH_AND_RECORD = 128;
  private static final int PER_HEADER = 10;
  // Room for the two headers of a change that is followed, also where none is: whether a record is
  // too large must not depend on who watches.
  private static final int TRACE_HEADERS = 160;

  private RecordSize() {}

  /**
   * Refused here and not by the client, whose transaction it would spoil for the other records.
   *
   * @throws OversizedRecordException if it is too large
   */
  static void require(String name, byte[] key, byte @Nullable [] value, List<Header> headers) {
    long bytes =
        BATCH_AND_RECORD + TRACE_HEADERS + key.length + (value == null ? 0L : value.length);
    for (Header header : headers) {
      bytes +=
          PER_HEADER + header.key().getBytes(StandardCharsets.UTF_8).length + header.value().length;
    }
    if (bytes > LogLimits.MAX_RECORD_BYTES) {
      throw new OversizedRecordException(name, bytes, LogLimits.MAX_RECORD_BYTES);
    }
  }
}
