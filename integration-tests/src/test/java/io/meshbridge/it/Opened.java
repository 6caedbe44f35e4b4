package io.meshbridge.it;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has to be closed, the last first. */
final class Opened implements AutoCloseable {
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /** Closes this one too. */
  <T extends AutoCloseable> T and(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void close() throws Exception {
    while (!parts.isEmpty()) {
      parts.pop().close();
    }
  }
}
