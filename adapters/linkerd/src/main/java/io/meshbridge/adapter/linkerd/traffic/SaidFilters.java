package io.meshbridge.adapter.linkerd.traffic;

import java.util.List;
import java.util.Map;

/**
 * The filters of a rule or backend, as a route says them.
 *
 * @param filters in the order in which they stand
 * @param effect what becomes of the request
 */
record SaidFilters(List<Map<String, Object>> filters, Effect effect) {
  /** What becomes of a request. */
  enum Effect {
    /** It is sent on. */
    FORWARDS,
    /** It is answered with a redirect. */
    REDIRECTS,
    /** It is answered with an error. */
    FAILS,
    /** Not what was meant, so that the rule is left out. */
    UNSAYABLE
  }

  SaidFilters {
    filters = List.copyOf(filters);
  }
}
