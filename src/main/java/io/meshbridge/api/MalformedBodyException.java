package io.meshbridge.api;

/** A body that is not what this interface speaks. */
final class MalformedBodyException extends RuntimeException {
  private final String detail;

  MalformedBodyException(String detail) {
    super(detail);
    this.detail = detail;
  }

  String detail() {
    return detail;
  }
}
