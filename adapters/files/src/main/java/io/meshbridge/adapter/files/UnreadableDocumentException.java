package io.meshbridge.adapter.files;

/** A document that cannot be read any further. */
final class UnreadableDocumentException extends Exception {
  private final String path;
  private final int line;
  private final String reason;

  UnreadableDocumentException(String path, int line, String message) {
    super(message);
    this.path = path;
    this.line = line;
    this.reason = message;
  }

  String path() {
    return path;
  }

  int line() {
    return line;
  }

  String reason() {
    return reason;
  }
}
