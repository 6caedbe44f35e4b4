package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.adapter.linkerd.traffic.SaidFilters.Effect;
import io.meshbridge.model.traffic.HeaderChange;
import io.meshbridge.model.traffic.HttpFilter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Says the filters that Linkerd's policy controller takes. It refuses a route with any other, so
 * such a one is never written.
 */
final class FilterWriter {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final int FIRST_ERROR = 400;
  private static final String RULE_LEFT_OUT =
      "; the rule is left out, and its requests fall to the rules after it";
  // Envoy's templates, which a proxy of Linkerd would send as they stand.
  private static final Pattern TEMPLATE =
      Pattern.compile("%[A-Z][A-Z0-9_]*(\\([^)]*\\))?(:[0-9]+)?%");

  private final PolicyLosses.Part losses;
  private final String field;
  private final boolean grpc;
  private final HeaderFold request = new HeaderFold();
  private final HeaderFold response = new HeaderFold();
  private final List<Map<String, Object>> redirects = new ArrayList<>();
  private Effect effect = Effect.FORWARDS;

  private FilterWriter(PolicyLosses.Part losses, String field, boolean grpc) {
    this.losses = losses;
    this.field = field;
    this.grpc = grpc;
  }

  /**
   * Says a list of filters.
   *
   * @param field where it stands, such as {@code filters}
   * @param grpc whether a GRPCRoute shall say it, which has no redirects
   */
  static SaidFilters write(
      List<HttpFilter> filters, String field, boolean grpc, PolicyLosses.Part losses) {
    var writer = new FilterWriter(losses, field, grpc);
    for (int i = 0; i < filters.size(); i++) {
      writer.take(filters.get(i), field + "[" + i + "]");
    }
    return writer.said();
  }

  private void take(HttpFilter filter, String at) {
    switch (filter) {
      case HttpFilter.RequestHeaders headers -> headers(request, headers.change(), at);
      case HttpFilter.ResponseHeaders headers -> headers(response, headers.change(), at);
      case HttpFilter.Redirect redirect -> redirect(redirect, at);
      case HttpFilter.Rewrite ignored ->
          unsayable(at, "Linkerd refuses routes that rewrite hosts or paths");
      case HttpFilter.Mirror ignored -> losses.dropped(at, "Linkerd refuses routes that mirror");
      case HttpFilter.Delay ignored -> losses.dropped(at, "Linkerd delays no requests");
      case HttpFilter.Cors ignored ->
          losses.dropped(at, "Linkerd answers no preflight requests for a service");
      case HttpFilter.Abort abort -> abort(abort, at);
      case HttpFilter.DirectResponse direct -> direct(direct, at);
    }
  }

  private void headers(HeaderFold fold, HeaderChange change, String at) {
    if (change.set().values().stream().anyMatch(FilterWriter::isTemplate)
        || change.add().values().stream().anyMatch(FilterWriter::isTemplate)) {
      losses.dropped(at, "Linkerd puts nothing in for the placeholders of a value");
    } else if (!fold.take(change)) {
      losses.dropped(
          at,
          "one filter of a route cannot change a header twice, have an empty value, or more than"
              + " 16 names");
    }
  }

  private static boolean isTemplate(String value) {
    return TEMPLATE.matcher(value).find();
  }

  private void abort(HttpFilter.Abort abort, String at) {
    if (abort.percent().compareTo(HUNDRED) < 0) {
      losses.dropped(at, "Linkerd answers no share of the requests with an error");
      return;
    }
    fail(
        at,
        abort.httpStatus().isPresent()
            ? "status " + abort.httpStatus().getAsInt()
            : abort.grpcStatus());
  }

  private void direct(HttpFilter.DirectResponse direct, String at) {
    if (direct.status() < FIRST_ERROR) {
      unsayable(at, "a route of Linkerd does not answer by itself");
    } else {
      fail(at, "status " + direct.status());
    }
  }

  /** A backend that is not there is answered for with 500, so no request gets further. */
  private void fail(String at, String meant) {
    losses.approximated(at, "an error is said as a backend that is not there: 500, not " + meant);
    if (effect == Effect.FORWARDS) {
      effect = Effect.FAILS;
    }
  }

  private void redirect(HttpFilter.Redirect redirect, String at) {
    if (redirect.path().isPresent()) {
      unsayable(at + ".path", "a redirect to another path is not written to Linkerd");
      return;
    }
    if (grpc) {
      unsayable(at, "a GRPCRoute does not redirect");
      return;
    }
    var manifest = new LinkedHashMap<String, Object>();
    redirect.scheme().ifPresent(scheme -> manifest.put("scheme", scheme));
    redirect.host().ifPresent(host -> manifest.put("hostname", host));
    redirect.port().ifPresent(port -> manifest.put("port", port));
    manifest.put("statusCode", statusOf(redirect, at));
    redirects.add(filter("RequestRedirect", "requestRedirect", manifest));
    if (effect != Effect.UNSAYABLE) {
      effect = Effect.REDIRECTS;
    }
  }

  /** Only these two are in every version of the API that Linkerd ships. */
  private int statusOf(HttpFilter.Redirect redirect, String at) {
    return switch (redirect.status()) {
      case 301, 302 -> redirect.status();
      case 308 -> {
        losses.approximated(at + ".status", "308 is said as 301");
        yield 301;
      }
      default -> {
        losses.approximated(at + ".status", redirect.status() + " is said as 302");
        yield 302;
      }
    };
  }

  private void unsayable(String at, String reason) {
    losses.dropped(at, reason + RULE_LEFT_OUT);
    effect = Effect.UNSAYABLE;
  }

  private SaidFilters said() {
    var said = new ArrayList<Map<String, Object>>();
    if (!request.isEmpty()) {
      said.add(filter("RequestHeaderModifier", "requestHeaderModifier", request.manifest()));
    }
    if (!response.isEmpty()) {
      said.add(filter("ResponseHeaderModifier", "responseHeaderModifier", response.manifest()));
    }
    if (redirects.size() > 1) {
      losses.dropped(field, "a rule redirects once; the first counts");
    }
    redirects.stream().limit(1).forEach(said::add);
    return new SaidFilters(said, effect);
  }

  private static Map<String, Object> filter(String type, String name, Map<String, Object> content) {
    var filter = new LinkedHashMap<String, Object>();
    filter.put("type", type);
    filter.put(name, content);
    return filter;
  }
}
