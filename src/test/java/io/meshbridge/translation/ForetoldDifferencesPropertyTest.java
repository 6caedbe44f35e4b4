package io.meshbridge.translation;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.testkit.SeededRuns;
import io.meshbridge.testkit.reference.Request;
import io.meshbridge.testkit.reference.Verdict;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Whatever a request meets in the target that it would not meet at home, its owner was told so: by
 * a loss at a field that had a say in what becomes of the request.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class ForetoldDifferencesPropertyTest {
  private static final int RUNS = 150;
  private static final int REQUESTS = 25;

  private final Tally tally = new Tally("any policy");

  @TestFactory
  Stream<DynamicContainer> whatDiffersWasToldAtTheFieldThatCausesIt() {
    return Make.ways()
        .map(
            way ->
                DynamicContainer.dynamicContainer(
                    way.toString(),
                    SeededRuns.of(RUNS)
                        .check(
                            random -> {
                              var sketch = new SketchGenerator(random).wild();
                              var passage =
                                  Passage.of(way, Extras.written(way.from(), sketch, random));
                              tally.aCase();
                              if (!passage.isWritten()) {
                                tally.aRefusal();
                                assertThat(passage.refusals()).as(passage.describe()).isNotEmpty();
                                return;
                              }
                              var requests = new SketchRequests(random);
                              for (int i = 0; i < REQUESTS; i++) {
                                check(passage, requests.to(way.from().home(), sketch));
                              }
                            })));
  }

  private void check(Passage passage, Request request) {
    Verdict origin = passage.atOrigin(request);
    var target = passage.atTarget(request);
    boolean isSame = Sameness.of(origin.outcome(), target);
    if (!isSame) {
      assertThat(passage.foretelling(origin))
          .as("%s\nat home %s\nbut there %s\n%s", request, origin, target, passage.describe())
          .isNotEmpty();
    }
    tally.aRequest(isSame);
  }

  @AfterAll
  void print() {
    tally.print();
  }
}
