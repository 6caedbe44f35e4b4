package io.meshbridge.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.testkit.ModelGenerators;
import io.meshbridge.testkit.Samples;
import io.meshbridge.testkit.SeededRuns;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusCodecTest {
  private static final MeshId T = new MeshId("t");

  @Test
  void encodesTheKeyElementByElement() {
    assertThat(StatusCodec.key(new ServiceKey(new MeshId("a"), "a b", "x/y+z")))
        .isEqualTo("v1/import/a/a%20b/x%2Fy%2Bz");
  }

  @TestFactory
  Stream<DynamicTest> readsWhatItWrote() {
    return SeededRuns.of(300)
        .check(
            random -> {
              var any = new ModelGenerators(random);
              var status =
                  new ImportStatus(
                      T,
                      any.serviceKey(),
                      any.oneOf("", any.label()),
                      any.oneOf(ImportState.values()),
                      Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                      any.oneOf(-1L, 0L, random.nextLong(1L << 40)),
                      any.oneOf("", any.name()),
                      any.listOf(
                          0,
                          3,
                          () ->
                              new Loss(
                                  new Location(any.name(), random.nextInt(100)),
                                  any.label(),
                                  any.oneOf(Loss.Outcome.values()),
                                  any.name(),
                                  any.oneOf("", any.name()))));

              assertThat(StatusCodec.decode(T, StatusCodec.encode(status))).contains(status);
            });
  }

  @TestFactory
  Stream<DynamicTest> neverThrowsWhateverTheText() {
    var good =
        StatusCodec.encode(
            new ImportStatus(
                T,
                Samples.key("a", "shop", "web"),
                "web",
                ImportState.APPLIED,
                Instant.EPOCH,
                1,
                "",
                List.of(new Loss(Location.of("x"), "p", Loss.Outcome.DROPPED, "because", ""))));
    return SeededRuns.of(300)
        .check(
            random -> {
              var any = new ModelGenerators(random);
              int from = random.nextInt(good.length());
              int to = random.nextInt(from, good.length() + 1);
              var broken = good.substring(0, from) + any.hostileText() + good.substring(to);

              // Whatever comes out is whole: the constructor of a status has seen to that.
              StatusCodec.decode(T, broken)
                  .ifPresent(status -> assertThat(status.target()).isEqualTo(T));
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"service\":{\"mesh\":\"a\",\"namespace\":\"n\",\"name\":\"x\"},\"state\":\"Enchanted\","
            + "\"since\":\"2026-11-22T10:00:00Z\"}",
        "{\"service\":{\"mesh\":\"a\",\"namespace\":\"n\",\"name\":\"x\"},\"state\":\"Applied\","
            + "\"since\":\"yesterday\"}",
        "{\"service\":{\"mesh\":\"A B\",\"namespace\":\"n\",\"name\":\"x\"},\"state\":\"Applied\","
            + "\"since\":\"2026-11-22T10:00:00Z\"}"
      })
  void readsNothingFromWhatIsNoneOfIts(String json) {
    assertThat(StatusCodec.decode(T, json)).isEmpty();
  }
}
