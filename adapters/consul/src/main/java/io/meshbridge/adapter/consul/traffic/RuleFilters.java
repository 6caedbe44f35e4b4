package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.traffic.HeaderChange;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.PathChange;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What the filters of a rule come to in Consul. */
final class RuleFilters {
  static final BigDecimal ALWAYS = BigDecimal.valueOf(100);
  private static final int FIRST_ERROR = 400;

  private final PortPlan plan;
  private final LossBook losses;
  private final HeaderWriter request;
  private final HeaderWriter response;
  private Optional<PathChange> rewrite = Optional.empty();
  private String rewritePath = "";
  private String errorPath = "";
  private boolean leftOut;

  RuleFilters(PortPlan plan) {
    this.plan = plan;
    this.losses = plan.losses();
    this.request = new HeaderWriter(losses);
    this.response = new HeaderWriter(losses);
  }

  /** Reads the rule's own. */
  void readRule(List<HttpFilter> filters, String path) {
    for (int i = 0; i < filters.size() && errorPath.isEmpty(); i++) {
      if (isError(filters.get(i))) {
        errorPath = path + ".filters[" + i + "]";
      }
    }
    for (int i = 0; i < filters.size(); i++) {
      var at = path + ".filters[" + i + "]";
      if (errorPath.isEmpty()) {
        read(filters.get(i), at, true);
      } else if (at.equals(errorPath)) {
        losses.approximate(
            at, "Consul's routes do not answer themselves: they lead to no instance, which is 503");
      } else {
        losses.drop(at, "the rule leads to no instance, and nothing is done to its requests");
      }
    }
  }

  /** Reads those of the only backend, which come after the rule's own. */
  void readBackend(List<HttpFilter> filters, String path) {
    for (int i = 0; i < filters.size(); i++) {
      var at = path + ".filters[" + i + "]";
      if (isError(filters.get(i))) {
        leaveOut(at, "Consul's routes do not answer themselves");
      } else {
        read(filters.get(i), at, false);
      }
    }
  }

  /** Where it is said that requests are answered with an error; empty if they are not. */
  String errorPath() {
    return errorPath;
  }

  boolean isLeftOut() {
    return leftOut;
  }

  HeaderWriter request() {
    return request;
  }

  HeaderWriter response() {
    return response;
  }

  Optional<PathChange> rewrite() {
    return rewrite;
  }

  String rewritePath() {
    return rewritePath;
  }

  private static boolean isError(HttpFilter filter) {
    return switch (filter) {
      case HttpFilter.DirectResponse answer -> answer.status() >= FIRST_ERROR;
      case HttpFilter.Abort abort -> abort.percent().compareTo(ALWAYS) >= 0;
      default -> false;
    };
  }

  private void read(HttpFilter filter, String at, boolean ofRule) {
    switch (filter) {
      case HttpFilter.RequestHeaders headers -> readHeaders(request, headers.change(), at);
      case HttpFilter.ResponseHeaders headers -> readHeaders(response, headers.change(), at);
      case HttpFilter.Rewrite change when ofRule -> readRewrite(change, at);
      case HttpFilter.Rewrite ignored ->
          leaveOut(at, "Consul rewrites paths for whole routes alone");
      case HttpFilter.Redirect ignored -> leaveOut(at, "Consul's routes do not redirect");
      case HttpFilter.DirectResponse ignored ->
          leaveOut(at, "Consul's routes do not answer themselves");
      case HttpFilter.Abort ignored -> losses.drop(at, "Consul's routes inject no faults");
      case HttpFilter.Delay ignored -> losses.drop(at, "Consul's routes inject no faults");
      case HttpFilter.Mirror ignored -> losses.drop(at, "Consul's routes do not mirror");
      case HttpFilter.Cors ignored ->
          losses.drop(at, "Consul's routes know nothing of cross-origin requests");
    }
  }

  private void readHeaders(HeaderWriter headers, HeaderChange change, String at) {
    if (plan.version().has(Feature.HEADERS)) {
      headers.then(change, at);
    } else {
      losses.drop(at, Feature.HEADERS);
    }
  }

  private void readRewrite(HttpFilter.Rewrite change, String at) {
    if (change.host().isPresent()) {
      leaveOut(at, "Consul's routes do not rewrite the host");
    } else if (rewrite.isPresent()) {
      leaveOut(at, "a route rewrites its path once");
    } else {
      rewrite = change.path();
      rewritePath = at;
    }
  }

  private void leaveOut(String at, String reason) {
    leftOut = true;
    losses.drop(at, reason + "; the rule is left out and its requests fall to the rules after it");
  }
}
