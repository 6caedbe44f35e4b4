package io.meshbridge.cli;

/** What the exit codes of all commands mean. */
final class ExitCode {
  /** Done. */
  static final int OK = 0;

  /** Done, but parts were refused or could not be read. */
  static final int PARTLY = 1;

  /** Wrong usage, configuration or input; nothing was done. */
  static final int INVALID = 2;

  /** A system that is needed cannot be reached. */
  static final int UNREACHABLE = 3;

  /** An unexpected failure. */
  static final int FAILED = 4;

  private ExitCode() {}
}
