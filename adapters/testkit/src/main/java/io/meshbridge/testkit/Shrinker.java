package io.meshbridge.testkit;

import io.meshbridge.testkit.SeededRuns.ScriptPlayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes a failing script shorter by dropping steps: first halves, then ever smaller stretches,
 * until each step that is left is needed for the failure.
 */
final class Shrinker {
  /** Each try plays a whole script: beyond this many the reader is better served by an answer. */
  private static final int MAX_TRIES = 2_000;

  private Shrinker() {}

  /** A short script and how it fails. */
  record Shrunk<S>(List<S> script, Throwable failure) {
    /** One step per line, counted from 1. */
    String numbered() {
      return IntStream.range(0, script.size())
          .mapToObj(i -> "  " + (i + 1) + ". " + script.get(i))
          .collect(Collectors.joining("\n"));
    }
  }

  /** How the script fails; empty if it does not. */
  static <S> Optional<Throwable> failureOf(List<S> script, ScriptPlayer<S> player) {
    try {
      player.play(List.copyOf(script));
      return Optional.empty();
    } catch (VirtualMachineError noFindingOfTheTest) {
      throw noFindingOfTheTest;
    } catch (Throwable failure) {
      return Optional.of(failure);
    }
  }

  static <S> Shrunk<S> shrink(List<S> script, ScriptPlayer<S> player, Throwable failure) {
    var best = new Shrunk<>(List.copyOf(script), failure);
    int tries = 0;
    for (int stretch = Math.max(1, script.size() / 2); stretch >= 1; stretch /= 2) {
      int from = 0;
      while (from < best.script().size() && tries < MAX_TRIES) {
        tries++;
        var shorter = without(best.script(), from, stretch);
        var next = failureOf(shorter, player);
        // Another kind of failure is another story: following it would explain the wrong one.
        if (next.isPresent() && next.get().getClass() == failure.getClass()) {
          best = new Shrunk<>(shorter, next.get());
        } else {
          from += stretch;
        }
      }
    }
    return best;
  }

  private static <S> List<S> without(List<S> script, int from, int count) {
    var rest = new ArrayList<>(script.subList(0, from));
    rest.addAll(script.subList(Math.min(script.size(), from + count), script.size()));
    return List.copyOf(rest);
  }
}
