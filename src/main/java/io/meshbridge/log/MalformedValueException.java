package io.meshbridge.log;

/** A value that no version of the schema allows; the message names the field. */
final class MalformedValueException extends Exception {
  MalformedValueException(String message) {
    // One is made for each poisonous record, and nobody looks at where: no stack trace.
    super(message, null, false, false);
  }
}
