package io.meshbridge.log;

/**
 * A record is larger than the log takes. It was not sent, and neither was the rest of its batch.
 */
public final class OversizedRecordException extends RuntimeException {
  private final String key;

  /**
   * Names the record.
   *
   * @param bytes what it measures
   * @param most what it may measure
   */
  public OversizedRecordException(String key, long bytes, long most) {
    super("the record %s has %d bytes, more than %d".formatted(key, bytes, most));
    this.key = key;
  }

  /** The record's key. */
  public String key() {
    return key;
  }
}
