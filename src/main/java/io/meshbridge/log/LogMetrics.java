package io.meshbridge.log;

import io.meshbridge.model.MeshId;

/** Counts what the reader of the log met beside good records. Called on the reader's thread. */
@FunctionalInterface
public interface LogMetrics {
  /** For those who do not count. */
  LogMetrics NONE = (mesh, what) -> {};

  /** What was met. */
  enum Oddity {
    /** A key of version 1 that this version of Meshbridge does not know. */
    UNKNOWN_KEY,
    /** A key that is none of version 1. */
    PASSED_OVER,
    /** A record that must not be acted upon; see {@link MeshRecord.NotUnderstood}. */
    NOT_UNDERSTOOD,
    /** A record that no version of the schema allows. */
    POISON,
    /** Poison for which no dead letter was sent: too many, or sent before. */
    DEAD_LETTER_HELD_BACK
  }

  /** One more. */
  void met(MeshId mesh, Oddity what);
}
