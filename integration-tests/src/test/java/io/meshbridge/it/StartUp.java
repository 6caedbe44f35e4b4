package io.meshbridge.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * One start of a bridge.
 *
 * @param live from the start of the process until it answers that it works
 * @param ready until it has caught up with the log, too
 * @param megabytes of memory that it takes then (its resident set)
 */
record StartUp(Duration live, Duration ready, long megabytes) {
  private static final Duration LIMIT = Duration.ofSeconds(40);

  /** Starts it, looks, and ends it. */
  static StartUp of(BridgeProcess.Spec spec, List<String> flags)
      throws IOException, InterruptedException {
    long started = System.nanoTime();
    try (var bridge = BridgeProcess.start(spec, flags)) {
      bridge.awaitLive(LIMIT);
      var live = Duration.ofNanos(System.nanoTime() - started);
      bridge.awaitReady(LIMIT);
      var ready = Duration.ofNanos(System.nanoTime() - started);
      var start = new StartUp(live, ready, residentMegabytes(bridge.pid()));
      bridge.stop(LIMIT);
      return start;
    }
  }

  /** The one that was live first: what else the machine does only makes a start slower. */
  static StartUp fastest(List<StartUp> starts) {
    return starts.stream().min(Comparator.comparing(StartUp::live)).orElseThrow();
  }

  @Override
  public String toString() {
    return "live after %d ms, ready after %d ms, %d MB"
        .formatted(live.toMillis(), ready.toMillis(), megabytes);
  }

  /** What a process has in memory. */
  static long residentMegabytes(long pid) throws IOException {
    var process = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
    try (var output = process.getInputStream()) {
      var kilobytes = new String(output.readAllBytes(), StandardCharsets.US_ASCII).strip();
      return Long.parseLong(kilobytes) / 1024;
    }
  }
}
