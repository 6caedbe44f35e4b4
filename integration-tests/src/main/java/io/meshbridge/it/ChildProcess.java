package io.meshbridge.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that never outlives this JVM, not even when this JVM is killed. What it prints goes
 * into a file.
 */
public final class ChildProcess implements AutoCloseable {
  /** What can be sent to a process. */
  public enum Signal {
    /** Asks it to end. */
    TERM,
    /** Ends it at once; it cannot object. */
    KILL,
    /** Freezes it: its connections stay open, and it does not notice that time goes by. */
    STOP,
    /** Goes on after {@link #STOP}. */
    CONT
  }

  // It holds the read end of a pipe from us: the pipe ends when we do, however we end.
  private static final String REAPER = "cat >/dev/null; kill -KILL \"$1\" 2>/dev/null";
  private static final Duration DEATH = Duration.ofSeconds(20);

  private final Process process;
  private final Process reaper;
  private final Path log;

  private ChildProcess(Process process, Process reaper, Path log) {
    this.process = process;
    this.reaper = reaper;
    this.log = log;
  }

  /**
   * Starts a process.
   *
   * @param environment added to our own
   * @param log the file for its standard output and standard error; written anew
   */
  public static ChildProcess start(List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.redirectOutput(log.toFile());
    var process = builder.start();
    process.getOutputStream().close();
    var reaper =
        new ProcessBuilder("sh", "-c", REAPER, "reaper", Long.toString(process.pid()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    var child = new ChildProcess(process, reaper, log);
    child.dismissReaperAtExit();
    return child;
  }

  /** A reaper whose process is gone would, at our own end, kill whoever has that number by then. */
  private void dismissReaperAtExit() {
    Thread.ofVirtual()
        .name("exit of " + process.pid())
        .start(
            () -> {
              try {
                process.waitFor();
                reaper.destroyForcibly();
              } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
              }
            });
  }

  /** Its number. */
  public long pid() {
    return process.pid();
  }

  /** Whether it still runs, or is frozen. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** The file that holds what it printed. */
  public Path logFile() {
    return log;
  }

  /** What it printed so far. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Sends a signal; a process that is gone already is left alone. */
  public void signal(Signal signal) throws IOException, InterruptedException {
    if (!process.isAlive()) {
      return;
    }
    var name = "-" + signal.name().toUpperCase(Locale.ROOT);
    new ProcessBuilder("kill", name, Long.toString(pid()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /** Ends it at once and returns when it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(DEATH.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("process " + pid() + " does not die");
    }
  }

  /** Whether it ended within the time. */
  public boolean awaitExit(Duration limit) throws InterruptedException {
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * How it ended.
   *
   * @throws IllegalThreadStateException if it has not
   */
  public int exitCode() {
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    reaper.destroyForcibly();
    try {
      process.waitFor(DEATH.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }
}
