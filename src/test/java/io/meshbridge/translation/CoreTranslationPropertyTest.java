package io.meshbridge.translation;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.testkit.SeededRuns;
import java.util.List;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What all meshes can say means the same in all of them: nothing is lost, and every request meets
 * in the target what it meets at home, as evaluators say that know nothing of the translators.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class CoreTranslationPropertyTest {
  private static final int RUNS = 60;
  private static final int REQUESTS = 25;

  private final Tally tally = new Tally("common core of policy");

  @TestFactory
  Stream<DynamicContainer> whatAllMeshesCanSayMeansTheSameInAll() {
    return alongAllWays((random, way) -> new SketchGenerator(random).core(way.to() != Make.CONSUL));
  }

  @TestFactory
  Stream<DynamicContainer> rulesForCallsMeanTheSameInAll() {
    return alongAllWays((random, way) -> new SketchGenerator(random).calls());
  }

  private Stream<DynamicContainer> alongAllWays(
      BiFunction<RandomGenerator, Make.Way, Sketch> sketches) {
    return Make.ways()
        .map(
            way ->
                DynamicContainer.dynamicContainer(
                    way.toString(),
                    SeededRuns.of(RUNS)
                        .check(random -> check(way, sketches.apply(random, way), random))));
  }

  private void check(Make.Way way, Sketch sketch, RandomGenerator random) {
    var passage = Passage.of(way, way.from().written(sketch));
    tally.aCase();

    assertThat(passage.errors()).as(passage.describe()).isEmpty();
    assertThat(passage.lostPolicy()).as(passage.describe()).isEmpty();
    var requests = new SketchRequests(random);
    for (int i = 0; i < REQUESTS; i++) {
      var request = requests.to(way.from().home(), sketch);
      var origin = passage.atOrigin(request).outcome();
      var target = passage.atTarget(request);
      assertThat(List.of(origin, target))
          .as("%s\nto %s", request, passage.describe())
          .matches(both -> Sameness.of(both.get(0), both.get(1)));
      tally.aRequest(true);
    }
  }

  @AfterAll
  void print() {
    tally.print();
  }
}
