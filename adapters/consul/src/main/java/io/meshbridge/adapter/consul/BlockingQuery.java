package io.meshbridge.adapter.consul;

import io.meshbridge.spi.MeshUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

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
  private final String path;
  private final String[] query;
  private final Duration wait;
  private final RandomGenerator random;
  private final Pause pause;
  private long index;
  private long restMillis;
  private boolean wentBack;

  /**
   * @param index where to go on; 0 to begin with what is there
   */
  BlockingQuery(
      ConsulHttp http,
      Duration wait,
      RandomGenerator random,
      Pause pause,
      String path,
      long index,
      String... query) {
    this.http = http;
    this.wait = wait;
    this.random = random;
    this.pause = pause;
    this.path = path;
    this.query = query.clone();
    this.index = index;
  }

  /** The state when it may have changed, or when the wait is over. */
  Answer next() throws MeshUnavailableException, InterruptedException {
    pause.forMillis(restMillis);
    pause.takeTurn(TURNS_PER_SECOND);
    // Blocking on 0 would return at once, for ever.
    var answer = index == 0 ? http.get(path, query) : http.block(path, index, spreadWait(), query);
    // An index that goes back means that the state was restored: what we know of it is void.
    wentBack = answer.index() < index;
    index = wentBack ? 0 : answer.index();
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
    return Duration.ofMillis(millis - random.nextLong(millis / 16 + 1));
  }
}
