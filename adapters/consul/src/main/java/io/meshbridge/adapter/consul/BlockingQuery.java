package io.meshbridge.adapter.consul;

import io.meshbridge.spi.MeshUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Reads a state again and again, each time when it may have changed. A return is no proof of
 * change: the caller compares. After a large answer it rests, so that a list of everything that
 * changes all the time costs the same however long it is. One per thread.
 */
final class BlockingQuery {
  private static final int TURNS_PER_SECOND = 20;

  /** The names of 10,000 services are read once in a second at most. */
  private static final int ITEMS_PER_MILLI = 10;

  private final ConsulHttp http;
  private final Duration wait;
  private final Timing timing;
  private final Pause pause;
  private final String path;
  private final String[] query;
  private long index;
  private long last;
  private long restMillis;
  private boolean wentBack;

  /**
   * @param index where to go on; 0 to begin with what is there
   */
  BlockingQuery(
      ConsulHttp http, Duration wait, Timing timing, String path, long index, String... query) {
    this.http = http;
    this.wait = wait;
    this.timing = timing;
    this.pause = timing.pause();
    this.path = path;
    this.query = query.clone();
    this.index = index;
    this.last = index;
  }

  /** The state when it may have changed, or when the wait is over. */
  Answer next() throws MeshUnavailableException, InterruptedException {
    pause.forMillis(restMillis);
    pause.takeTurn(TURNS_PER_SECOND);
    var spread = spreadWait();
    var asked = timing.nanoTime();
    // Blocking on 0 would return at once, for ever.
    var answer = index == 0 ? http.get(path, query) : http.block(path, index, spread, query);
    var waited = timing.nanoTime() - asked >= spread.toNanos();
    wentBack = answer.index() < last;
    last = answer.index();
    // An answer before its time that is no newer is the last one of a state that was thrown away:
    // the restored one has lower indexes, and to block on a higher one would miss what it says.
    index = wentBack || (answer.index() == index && !waited) ? 0 : answer.index();
    restMillis = items(answer.body()) / ITEMS_PER_MILLI;
    return answer;
  }

  /** Whether the last answer was of an older state than the one before it. */
  boolean wentBack() {
    return wentBack;
  }

  private static int items(Object body) {
    return switch (body) {
      case Map<?, ?> map -> map.size();
      case List<?> list -> list.size();
      default -> 0;
    };
  }

  /** Spread by a sixteenth, so that hundreds of queries do not all end in one moment. */
  private Duration spreadWait() {
    var millis = wait.toMillis();
    return Duration.ofMillis(millis - timing.random().nextLong(millis / 16 + 1));
  }
}
