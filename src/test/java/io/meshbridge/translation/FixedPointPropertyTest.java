package io.meshbridge.translation;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.testkit.SeededRuns;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** What a translator has written it reads as it meant it: written again, it is the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FixedPointPropertyTest {
  private static final int RUNS = 60;

  private final Tally tally = new Tally("policy written, read and written again");

  @TestFactory
  Stream<DynamicContainer> whatWasWrittenIsReadAsItWasMeant() {
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

                              var again = new ReadBack(way.to()).again(passage.after());

                              assertThat(ReadBack.policies(again))
                                  .as(passage.describe())
                                  .isEqualTo(ReadBack.policies(passage.after()));
                            })));
  }

  @AfterAll
  void print() {
    tally.print();
  }
}
