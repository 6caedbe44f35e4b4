package io.meshbridge.cli;

import io.meshbridge.config.BridgeConfig;
import io.meshbridge.model.Member;
import java.util.List;

/** The federation's list of members, open for reading and writing. */
public interface MembersBook extends AutoCloseable {

  /** Opens the list of the federation that a configuration names. */
  @FunctionalInterface
  interface Opener {
    /**
     * Opens it.
     *
     * @throws UnreachableException if the brokers cannot be reached
     */
    MembersBook open(BridgeConfig config) throws UnreachableException, InterruptedException;
  }

  /**
   * All members, the retired ones too, in any order.
   *
   * @throws UnreachableException if the brokers cannot be reached
   */
  List<Member> list() throws UnreachableException, InterruptedException;

  /**
   * Adds a member, or changes the one of the same id. Returns when it is durably written, and the
   * act with it.
   *
   * @throws UnreachableException if the brokers cannot be reached; it may or may not be written
   */
  void put(Member member, Signature signature) throws UnreachableException, InterruptedException;

  @Override
  void close();
}
