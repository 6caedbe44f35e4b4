package io.meshbridge.log;

/** How large things may get. */
final class LogLimits {
  /** The most that one record may measure on its way to the broker, key and headers included. */
  static final int MAX_RECORD_BYTES = 1 << 20;

  /** As many chunks as a service's endpoints may be cut into. */
  static final int MAX_CHUNKS = 10_000;

  private LogLimits() {}
}
