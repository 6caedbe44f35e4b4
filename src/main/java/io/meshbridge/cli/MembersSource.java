package io.meshbridge.cli;

/** Where commands get the federation's list of members from. */
@FunctionalInterface
interface MembersSource {
  /**
   * Opens it.
   *
   * @throws UnreachableException if the brokers cannot be reached
   */
  MembersBook open(ConfigOptions options) throws UnreachableException, InterruptedException;
}
