package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.spi.reading.ObjectTrace;

/**
 * Adds to a rule what a mesh says of it outside of the Gateway API, such as its default retries.
 */
@FunctionalInterface
public interface RuleCompletion {
  /** Adds nothing. */
  RuleCompletion NONE = (route, trace, rule) -> rule;

  /**
   * The rule with all that is to be said of it.
   *
   * @param route in which it stands
   * @param trace of the route
   * @param rule without matches
   */
  HttpRule complete(Route route, ObjectTrace trace, HttpRule rule);

  /** The same for requests that no route is for. */
  default HttpRule completeDefault(HttpRule rule) {
    return rule;
  }
}
