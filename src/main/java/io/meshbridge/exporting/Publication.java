package io.meshbridge.exporting;

import io.meshbridge.log.LogEntry;
import io.meshbridge.log.MeshRecord;
import io.meshbridge.log.OutgoingRecord;

/**
 * A record that is to be published.
 *
 * @param record what it says
 * @param outgoing how it is sent
 */
record Publication(MeshRecord record, OutgoingRecord outgoing) {
  /** As the log will give it back; its offset is not known yet. */
  LogEntry entry() {
    return new LogEntry(
        -1, outgoing.key(), ExportPlanner.hashOf(outgoing), outgoing.observedAt(), record);
  }
}
