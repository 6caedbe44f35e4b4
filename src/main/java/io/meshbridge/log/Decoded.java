package io.meshbridge.log;

/** What became of a record's bytes. */
public sealed interface Decoded {
  /** A record of the log, understood or not: see {@link MeshRecord}. */
  record Entry(LogEntry entry) implements Decoded {}

  /**
   * A record that no version of the schema allows. It belongs to the dead letters, and yet stands
   * in the topic: its entry counts in the {@link LogDigest} as any other.
   *
   * @param entry what stands at its offset, with {@link MeshRecord.NotUnderstood} or {@link
   *     MeshRecord.Unreadable}
   * @param reason what is wrong with it
   */
  record Poison(LogEntry entry, String reason) implements Decoded {}

  /**
   * A record whose key is none of version 1: counted, and passed over.
   *
   * @param reason what is odd about its key
   */
  record PassedOver(String reason) implements Decoded {}
}
