package io.meshbridge.api;

/** As much is being done just now as may be at once. */
final class BusyException extends RuntimeException {
  BusyException(String message) {
    super(message);
  }
}
