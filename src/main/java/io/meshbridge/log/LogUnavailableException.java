package io.meshbridge.log;

/**
 * The Kafka cluster could not be reached, or did not do what it was asked to. Trying again later
 * may help; what was asked for may or may not have happened.
 */
public final class LogUnavailableException extends Exception {
  /** With what was tried, where, and what came back; without secrets. */
  public LogUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
