package io.meshbridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;

class SeededRunsTest {

  @Test
  void namesEachRunAfterItsSeed() {
    var tests = SeededRuns.of(3, unset()).check(random -> {}).toList();

    assertThat(tests)
        .extracting(DynamicTest::getDisplayName)
        .containsExactly("seed 1", "seed 2", "seed 3");
  }

  @Test
  void givesEqualSeedsEqualRandomnessAndOthersOther() {
    var drawn = new ArrayList<Long>();
    var runs = SeededRuns.of(2, unset());

    runAll(runs.check(random -> drawn.add(random.nextLong())).toList());
    runAll(runs.check(random -> drawn.add(random.nextLong())).toList());

    assertThat(drawn.subList(0, 2)).isEqualTo(drawn.subList(2, 4)).doesNotHaveDuplicates();
  }

  @Test
  void reportsTheSeedAndTheCauseOfAFailingProperty() {
    var cause = new AssertionError("two is too much");

    var tests =
        SeededRuns.of(2, unset())
            .check(
                random -> {
                  throw cause;
                })
            .toList();

    assertThatThrownBy(tests.get(1).getExecutable()::execute)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Seed 2")
        .hasMessageContaining("-Dmeshbridge.seed=2")
        .hasMessageContaining("two is too much")
        .hasCause(cause);
  }

  @Test
  void shrinksAFailingScriptToTheStepsThatItNeeds() {
    var script = new ArrayList<Integer>();
    for (int step = 0; step < 100; step++) {
      script.add(step);
    }

    var failure =
        failureOf(
            SeededRuns.of(1, unset())
                .checkScript(
                    random -> script,
                    steps ->
                        assertThat(steps.contains(17) && steps.contains(83))
                            .as("both steps")
                            .isFalse()));

    assertThat(failure)
        .hasMessageContaining("after these 2 of 100 steps")
        .hasMessageContaining("1. 17\n  2. 83");
  }

  @Test
  void doesNotShrinkIntoAFailureOfAnotherKind() {
    var failure =
        failureOf(
            SeededRuns.of(1, unset())
                .checkScript(
                    random -> List.of("open", "write"),
                    steps -> {
                      if (!steps.contains("open")) {
                        throw new IllegalStateException("the script itself is broken");
                      }
                      throw new AssertionError("lost a write");
                    }));

    assertThat(failure).hasMessageContaining("lost a write").hasMessageContaining("1. open");
  }

  @Test
  void saysNothingOfAScriptThatHolds() {
    var tests = SeededRuns.of(5, unset()).checkScript(random -> List.of(1), steps -> {}).toList();

    assertThat(catchThrowable(() -> runAll(tests))).isNull();
  }

  @Test
  void runsOneSeedAloneWhenAsked() {
    var runs = SeededRuns.of(100, switches(Map.of("meshbridge.seed", "-42")));

    assertThat(runs.check(random -> {}))
        .extracting(DynamicTest::getDisplayName)
        .containsExactly("seed -42");
  }

  @Test
  void runsAsOftenAsAsked() {
    var runs = SeededRuns.of(100, switches(Map.of("meshbridge.runs", "7")));

    assertThat(runs.check(random -> {})).hasSize(7);
  }

  @Test
  void refusesASwitchThatIsNoNumber() {
    assertThatThrownBy(() -> SeededRuns.of(1, switches(Map.of("meshbridge.runs", "many"))))
        .hasMessageContaining("meshbridge.runs")
        .hasMessageContaining("'many'");
    assertThatThrownBy(() -> SeededRuns.of(1, switches(Map.of("meshbridge.runs", "0"))))
        .hasMessageContaining("0");
  }

  private static Throwable failureOf(java.util.stream.Stream<DynamicTest> tests) {
    return catchThrowable(() -> runAll(tests.toList()));
  }

  private static void runAll(List<DynamicTest> tests) {
    for (DynamicTest test : tests) {
      try {
        test.getExecutable().execute();
      } catch (RuntimeException | Error failure) {
        throw failure;
      } catch (Throwable checked) {
        throw new IllegalStateException(checked);
      }
    }
  }

  private static UnaryOperator<String> unset() {
    return switches(Map.of());
  }

  private static UnaryOperator<String> switches(Map<String, String> values) {
    return name -> values.getOrDefault(name, "");
  }
}
