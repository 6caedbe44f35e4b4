package io.meshbridge.translation;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.testkit.SeededRuns;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What a translator has written it reads as it meant it. Written again it does the same to every
 * request; and once more, it is the same to the letter. Where order and names are the owner's, as
 * in Istio, it is so from the first time on; rules of Linkerd have no order, so they are put into
 * that of their precedence, and services that Consul needs for a policy are counted anew.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class FixedPointPropertyTest {
  private static final int RUNS = 60;
  private static final int REQUESTS = 25;

  private final Tally tally = new Tally("policy written, read and written again");

  @TestFactory
  Stream<DynamicContainer> whatWasWrittenIsReadAsItWasMeant() {
    return Make.ways()
        .map(
            way ->
                DynamicContainer.dynamicContainer(
                    way.toString(),
                    SeededRuns.of(RUNS)
                        .check(random -> check(way, new SketchGenerator(random).wild(), random))));
  }

  private void check(Make.Way way, Sketch sketch, RandomGenerator random) {
    var passage = Passage.of(way, Extras.written(way.from(), sketch, random));
    tally.aCase();
    if (!passage.isWritten()) {
      tally.aRefusal();
      return;
    }
    var readBack = new ReadBack(way.to(), passage.names());
    var first = passage.after();
    var second = readBack.again(first);

    assertThat(ReadBack.policies(readBack.again(second)))
        .as(passage.describe())
        .isEqualTo(ReadBack.policies(second));
    if (way.to() == Make.ISTIO) {
      assertThat(ReadBack.policies(second))
          .as(passage.describe())
          .isEqualTo(ReadBack.policies(first));
    }
    checkOutcomes(passage, way, sketch, second, random);
  }

  private void checkOutcomes(
      Passage passage,
      Make.Way way,
      Sketch sketch,
      List<Map<String, Object>> second,
      RandomGenerator random) {
    var before = way.to().reference(passage.after());
    var after = way.to().reference(second);
    var requests = new SketchRequests(random);
    for (int i = 0; i < REQUESTS; i++) {
      var request = passage.toImport(requests.to(way.from().home(), sketch));
      var one = before.decide(request).outcome();
      var other = after.decide(request).outcome();
      assertThat(List.of(one, other))
          .as("%s\nto %s\nthen %s", request, passage.describe(), second)
          .matches(both -> Sameness.of(both.get(0), both.get(1)));
      tally.aRequest(true);
    }
  }

  @AfterAll
  void print() {
    tally.print();
  }
}
