package io.meshbridge.model;

/**
 * A fault in somebody's input, found while reading it. It costs only the object that it stands in.
 *
 * @param severity whether the object could still be read
 * @param location where
 * @param path the field; empty for the object as a whole
 * @param message what is wrong, what was expected, what to do
 */
public record Diagnostic(Severity severity, Location location, String path, String message) {

  /** How bad. */
  public enum Severity {
    /** The object was read; something about it is odd. */
    WARNING,
    /** The object could not be read. */
    ERROR
  }
}
