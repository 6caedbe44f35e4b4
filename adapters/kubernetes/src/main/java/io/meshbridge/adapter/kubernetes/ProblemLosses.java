package io.meshbridge.adapter.kubernetes;

import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Says what reading could not keep as losses, each where its field stands. */
public final class ProblemLosses {
  private final Function<Problem, Location> locations;

  /** With what knows where a field stands. */
  public ProblemLosses(Function<Problem, Location> locations) {
    this.locations = locations;
  }

  /** One loss for each problem. */
  public List<Loss> of(Collection<Problem> problems) {
    return problems.stream()
        .map(
            problem ->
                new Loss(
                    locations.apply(problem),
                    problem.path(),
                    Loss.Outcome.DROPPED,
                    problem.message(),
                    ""))
        .toList();
  }
}
