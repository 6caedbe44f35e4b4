package io.meshbridge.log;

import io.meshbridge.model.MeshId;
import java.util.List;

/** What the reader of the log tells, in the order of each mesh's topic. */
public sealed interface LogEvent {
  /** Whose topic. */
  MeshId mesh();

  /**
   * The topic is read from its beginning: at first, after it was recreated or truncated, or after
   * being away for too long. What was folded before stands until the new reading is caught up.
   */
  record Restarted(MeshId mesh, String reason) implements LogEvent {}

  /** The next records. */
  record Entries(MeshId mesh, List<LogEntry> entries) implements LogEvent {
    /** Copies. */
    public Entries {
      entries = List.copyOf(entries);
    }
  }

  /** All that stood in the topic when the reading began has been told; once per reading. */
  record CaughtUp(MeshId mesh) implements LogEvent {}

  /** The topic is no longer read, since its mesh is no member any more. */
  record Dropped(MeshId mesh) implements LogEvent {}
}
