package io.meshbridge.api;

import io.meshbridge.status.ImportStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Which imports are wanted: those for which each given parameter has its value. */
final class ImportFilter implements Predicate<ImportStatus> {
  /** Every state that this interface may ever tell. */
  static final Set<String> STATES =
      Collections.unmodifiableSet(
          new LinkedHashSet<>(
              List.of(
                  "Pending",
                  "Applied",
                  "Degraded",
                  "Conflict",
                  "Refused",
                  "Stale",
                  "Held",
                  "Paused",
                  "Observed")));

  private final List<Predicate<ImportStatus>> wishes = new ArrayList<>();

  /** Of the parameters {@code mesh, origin, state, namespace, name}. */
  ImportFilter(Query query) {
    wish(query.mesh("mesh"), status -> status.target().value());
    wish(query.mesh("origin"), status -> status.service().mesh().value());
    wish(query.oneOf("state", STATES), status -> status.state().word());
    wish(query.text("namespace"), status -> status.service().namespace());
    wish(query.text("name"), status -> status.service().name());
  }

  @Override
  public boolean test(ImportStatus status) {
    return wishes.stream().allMatch(wish -> wish.test(status));
  }

  private void wish(Optional<String> wanted, Function<ImportStatus, String> fact) {
    wanted.ifPresent(value -> wishes.add(status -> fact.apply(status).equals(value)));
  }
}
