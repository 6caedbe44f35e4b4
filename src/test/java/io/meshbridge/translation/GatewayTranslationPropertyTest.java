package io.meshbridge.translation;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.testkit.SeededRuns;
import io.meshbridge.testkit.reference.Request;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Who comes in through a gateway meets in the target what he meets at home: of what both can say
 * nothing is lost, and whatever else differs was told at a field that had a say in it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class GatewayTranslationPropertyTest {
  private static final int CORE_RUNS = 60;
  private static final int WILD_RUNS = 150;
  private static final int REQUESTS = 40;

  private final Tally core = new Tally("common core of gateways");
  private final Tally wild = new Tally("any gateway");

  @TestFactory
  Stream<DynamicContainer> whatBothCanSayMeansTheSameInBoth() {
    return GatewayPassage.ways()
        .map(
            way ->
                DynamicContainer.dynamicContainer(
                    way.toString(),
                    SeededRuns.of(CORE_RUNS)
                        .check(
                            random -> {
                              var sketch = GatewaySketch.core(random);
                              var passage = new GatewayPassage(way, sketch);
                              core.aCase();
                              assertThat(passage.errors()).as(passage.describe()).isEmpty();
                              assertThat(passage.lostRules()).as(passage.describe()).isEmpty();
                              for (int i = 0; i < REQUESTS; i++) {
                                var request = sketch.request(random);
                                var origin = passage.origin().decide(request).outcome();
                                var target = passage.target().decide(request).outcome();
                                assertThat(List.of(origin, target))
                                    .as("%s\nto %s", request, passage.describe())
                                    .matches(both -> Sameness.of(both.get(0), both.get(1)));
                                core.aRequest(true);
                              }
                            })));
  }

  @TestFactory
  Stream<DynamicContainer> whatDiffersWasToldAtTheFieldThatCausesIt() {
    return GatewayPassage.ways()
        .map(
            way ->
                DynamicContainer.dynamicContainer(
                    way.toString(),
                    SeededRuns.of(WILD_RUNS)
                        .check(
                            random -> {
                              var sketch = GatewaySketch.wild(random);
                              var passage = new GatewayPassage(way, sketch);
                              wild.aCase();
                              if (!passage.isWritten()) {
                                wild.aRefusal();
                                assertThat(passage.losses()).as(passage.describe()).isNotEmpty();
                                return;
                              }
                              for (int i = 0; i < REQUESTS; i++) {
                                check(passage, sketch.request(random));
                              }
                            })));
  }

  private void check(GatewayPassage passage, Request request) {
    var origin = passage.origin().decide(request);
    var target = passage.target().decide(request).outcome();
    boolean isSame = Sameness.of(origin.outcome(), target);
    if (!isSame) {
      assertThat(passage.foretelling(origin))
          .as("%s\nat home %s\nbut there %s\n%s", request, origin, target, passage.describe())
          .isNotEmpty();
    }
    wild.aRequest(isSame);
  }

  @AfterAll
  void print() {
    core.print();
    wild.print();
  }
}
