package io.meshbridge.adapter.consul;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MultiplexedFeedTest {
  @Test
  void leavesToSweepsWhatIsBeyondItsConnections() {
    // Given
    var crew = new Crew("nobody", failure -> {});
    // Nobody runs: what is tested is who would.
    crew.close();
    var feed =
        new MultiplexedFeed(
            2,
            (path, index) -> {
              throw new IllegalStateException("nobody asks");
            },
            crew,
            event -> {},
            Clock.systemUTC());
    var exported = Set.of("a", "b", "c");

    // When
    feed.follow("a", 1);
    feed.follow("b", 1);
    feed.follow("c", 1);

    // Then
    assertThat(feed.unfollowed(exported)).containsExactly("c");
    assertThat(feed.follows("c")).isFalse();
    feed.forget("a");
    feed.follow("a", 1);
    assertThat(feed.unfollowed(exported)).containsExactly("c");
  }
}
