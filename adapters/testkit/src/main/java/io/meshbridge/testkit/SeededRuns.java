package io.meshbridge.testkit;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/**
 * Checks a property for many seeds: one dynamic test per seed, the seed in its name. The seeds are
 * 1, 2, 3 and so on, so a build that was green stays green; more of them are tried by hand.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> orderOfInputDoesNotMatter() {
 *   return SeededRuns.of(100).check(random -> ...);
 * }
 * }</pre>
 *
 * <p>{@code -Dmeshbridge.seed=42} (or {@code MESHBRIDGE_SEED}) runs that seed alone; {@code
 * -Dmeshbridge.runs=10000} (or {@code MESHBRIDGE_RUNS}) sets how many there are.
 */
public final class SeededRuns {
  private static final String SEED = "meshbridge.seed";
  private static final String RUNS = "meshbridge.runs";

  private final List<Long> seeds;

  private SeededRuns(List<Long> seeds) {
    this.seeds = List.copyOf(seeds);
  }

  /** What must hold, whatever the random values are. */
  @FunctionalInterface
  public interface Property {
    /** Throws if the property does not hold. */
    void holdsFor(RandomGenerator random) throws Throwable;
  }

  /** Makes a script: all that a run does, as values. */
  @FunctionalInterface
  public interface ScriptGenerator<S> {
    /** The steps; equal randomness gives equal steps. */
    List<S> script(RandomGenerator random);
  }

  /** Plays a script from the beginning, on fresh state, and checks what must hold. */
  @FunctionalInterface
  public interface ScriptPlayer<S> {
    /** Throws if something did not hold. */
    void play(List<S> script) throws Throwable;
  }

  /**
   * As many runs as given, unless the property or variable says otherwise.
   *
   * @param runs at least 1
   * @throws IllegalArgumentException if a number is missing its range or is no number
   */
  public static SeededRuns of(int runs) {
    return of(runs, SeededRuns::configured);
  }

  /**
   * The same, with the switches handed in.
   *
   * @param switches the text of a switch, given its property name; empty if it is not set
   */
  static SeededRuns of(int runs, UnaryOperator<String> switches) {
    var seed = number(SEED, switches);
    if (seed.isPresent()) {
      return new SeededRuns(List.of(seed.get()));
    }
    long count = number(RUNS, switches).orElse((long) runs);
    if (count < 1 || count > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("the number of runs must be positive, but is " + count);
    }
    return new SeededRuns(LongStream.rangeClosed(1, count).boxed().toList());
  }

  /** One test per seed. */
  public Stream<DynamicTest> check(Property property) {
    return tests(
        seed -> {
          try {
            property.holdsFor(randomOf(seed));
          } catch (Throwable failure) {
            throw new AssertionError(headline(seed, failure), failure);
          }
        });
  }

  /** One test per seed; a script that fails is shrunk to steps of which each is needed. */
  public <S> Stream<DynamicTest> checkScript(ScriptGenerator<S> generator, ScriptPlayer<S> player) {
    return tests(seed -> playOnce(seed, generator.script(randomOf(seed)), player));
  }

  private static <S> void playOnce(long seed, List<S> script, ScriptPlayer<S> player) {
    Shrinker.failureOf(script, player)
        .ifPresent(
            failure -> {
              var shrunk = Shrinker.shrink(script, player, failure);
              throw new AssertionError(
                  headline(seed, shrunk.failure())
                      + "\nIt fails after these "
                      + shrunk.script().size()
                      + " of "
                      + script.size()
                      + " steps:\n"
                      + shrunk.numbered(),
                  shrunk.failure());
            });
  }

  private Stream<DynamicTest> tests(SeedCheck check) {
    return seeds.stream().map(seed -> DynamicTest.dynamicTest("seed " + seed, check.forSeed(seed)));
  }

  private static String headline(long seed, Throwable failure) {
    return "Seed "
        + seed
        + " fails (run it alone with -D"
        + SEED
        + "="
        + seed
        + "): "
        + failure.getMessage();
  }

  private static RandomGenerator randomOf(long seed) {
    return new SplittableRandom(seed);
  }

  private static String configured(String property) {
    var variable = property.replace('.', '_').toUpperCase(Locale.ROOT);
    return System.getProperty(property, Optional.ofNullable(System.getenv(variable)).orElse(""));
  }

  private static Optional<Long> number(String property, UnaryOperator<String> switches) {
    var text = switches.apply(property);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException noNumber) {
      throw new IllegalArgumentException(
          property + " must be a whole number, but is '" + text + "'", noNumber);
    }
  }

  @FunctionalInterface
  private interface SeedCheck {
    void check(long seed) throws Throwable;

    default Executable forSeed(long seed) {
      return () -> check(seed);
    }
  }
}
