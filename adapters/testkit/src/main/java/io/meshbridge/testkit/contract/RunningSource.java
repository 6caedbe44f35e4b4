package io.meshbridge.testkit.contract;

import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.Observation;
import io.meshbridge.testkit.RecordingObserver;
import java.time.Duration;

/** A source that runs as under its host, on a thread of its own, and what it said so far. */
final class RunningSource implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration END = Duration.ofSeconds(10);

  private final MeshConnection connection;
  private final RecordingObserver heard = new RecordingObserver(PATIENCE);
  private final Thread thread;

  RunningSource(MeshConnection connection) {
    this.connection = connection;
    this.thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    connection.source().run(heard);
                  } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                  }
                });
  }

  RecordingObserver heard() {
    return heard;
  }

  <O extends Observation> long count(Class<O> kind) {
    return heard.all(kind).size();
  }

  /** Interrupts it; returns whether it ended soon. */
  boolean ends() throws InterruptedException {
    thread.interrupt();
    return thread.join(END);
  }

  @Override
  public void close() {
    try {
      if (!ends()) {
        throw new AssertionError("the source did not end within " + END + " of its interruption");
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    } finally {
      connection.close();
    }
  }
}
