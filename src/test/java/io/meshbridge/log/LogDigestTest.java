package io.meshbridge.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LogDigestTest {
  private static final String ONE = hash("one");
  private static final String TWO = hash("two");

  @Test
  void doesNotDependOnTheOrderInWhichKeysCame() {
    assertThat(LogDigest.EMPTY.plus("a", ONE).plus("b", TWO))
        .isEqualTo(LogDigest.EMPTY.plus("b", TWO).plus("a", ONE));
  }

  @Test
  void forgetsAKeyWithoutATrace() {
    assertThat(LogDigest.EMPTY.plus("a", ONE).plus("b", TWO).minus("a", ONE))
        .isEqualTo(LogDigest.EMPTY.plus("b", TWO));
  }

  @Test
  void tellsWhichValueStandsUnderWhichKey() {
    assertThat(LogDigest.EMPTY.plus("a", ONE).plus("b", TWO))
        .isNotEqualTo(LogDigest.EMPTY.plus("a", TWO).plus("b", ONE));
  }

  @Test
  void matchesOnlyTheMarkerOfWhatItHolds() {
    var digest = LogDigest.EMPTY.plus("a", ONE);

    assertThat(digest.matches(new SnapshotMarker(1, 1, digest.hex()))).isTrue();
    assertThat(digest.matches(new SnapshotMarker(1, 2, digest.hex()))).isFalse();
    assertThat(LogDigest.EMPTY.matches(new SnapshotMarker(1, 1, digest.hex()))).isFalse();
  }

  private static String hash(String value) {
    return LogDigest.hashOf(value.getBytes(StandardCharsets.UTF_8));
  }
}
