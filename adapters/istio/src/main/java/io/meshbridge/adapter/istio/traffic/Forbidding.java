package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.HttpRule;
import java.math.BigDecimal;
import java.util.List;

/**
 * Knows the rules that keep requests from being served. To leave one of these out would open what
 * its owner has closed.
 */
final class Forbidding {
  private static final BigDecimal ALWAYS = BigDecimal.valueOf(100);
  private static final int FIRST_ERROR = 400;

  private Forbidding() {}

  /** Whether a rule answers with an error, at least what goes to one of its backends. */
  static boolean forbids(HttpRule rule) {
    return fails(rule.filters())
        || rule.backends().stream().anyMatch(backend -> fails(backend.filters()))
        || (!serves(rule) && rule.filters().stream().noneMatch(Forbidding::answers));
  }

  /** Whether any backend of a rule gets requests. */
  static boolean serves(HttpRule rule) {
    return rule.backends().stream().anyMatch(backend -> backend.weight() > 0);
  }

  /** Whether a fault hits every request. */
  static boolean isCertain(HttpFilter.Abort abort) {
    return abort.percent().compareTo(ALWAYS) >= 0;
  }

  private static boolean fails(List<HttpFilter> filters) {
    return filters.stream()
        .anyMatch(
            filter ->
                (filter instanceof HttpFilter.DirectResponse direct
                        && direct.status() >= FIRST_ERROR)
                    || (filter instanceof HttpFilter.Abort abort && isCertain(abort)));
  }

  private static boolean answers(HttpFilter filter) {
    return filter instanceof HttpFilter.DirectResponse || filter instanceof HttpFilter.Redirect;
  }
}
