package io.meshbridge.testkit.reference;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a rule of a VirtualService does besides sending requests somewhere. */
final class IstioActions {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final List<String> USUAL_RETRY_ON =
      List.of(
          "connect-failure",
          "refused-stream",
          "unavailable",
          "cancelled",
          "retriable-status-codes");

  /** As istiod of 1.24 and later; the ones before listed 503. */
  private static final List<Integer> USUAL_STATUSES = List.of();

  private static final int USUAL_ATTEMPTS = 2;

  private IstioActions() {}

  /** The retries of a rule; the mesh's own if it says nothing of them. */
  static Retries retries(Native retries) {
    if (!retries.exists()) {
      return EnvoyRetryOn.of(USUAL_ATTEMPTS, USUAL_RETRY_ON, USUAL_STATUSES, true);
    }
    int attempts = retries.at("attempts").number(0);
    if (attempts <= 0) {
      return Retries.NEVER;
    }
    var text = retries.at("retryOn").text();
    if (text.isEmpty()) {
      return EnvoyRetryOn.of(attempts, USUAL_RETRY_ON, USUAL_STATUSES, false);
    }
    var words = new ArrayList<String>();
    var statuses = new ArrayList<Integer>();
    for (String part : text.split(",", -1)) {
      var word = part.strip();
      if (word.matches("[1-5][0-9][0-9]")) {
        statuses.add(Integer.valueOf(word));
      } else if (!word.isEmpty()) {
        words.add(word);
      }
    }
    if (!statuses.isEmpty()) {
      words.add("retriable-status-codes");
    }
    return EnvoyRetryOn.of(attempts, words, statuses, false);
  }

  /** Envoy removes first; istiod then sets before it adds. Hosts are no headers to it. */
  static HeaderEdits edits(Native operations) {
    var steps = new ArrayList<HeaderEdits.Step>();
    operations.at("remove").texts().forEach(name -> steps.add(new HeaderEdits.Step.Remove(name)));
    operations
        .at("set")
        .textEntries()
        .forEach((name, value) -> steps.add(new HeaderEdits.Step.Set(name, value)));
    operations
        .at("add")
        .textEntries()
        .forEach((name, value) -> steps.add(new HeaderEdits.Step.Add(name, value)));
    return new HeaderEdits(steps.stream().filter(step -> !isHost(step)).toList());
  }

  /** The host that operations on headers give; empty if they give none. */
  static String authority(Native operations) {
    for (String operation : List.of("set", "add")) {
      for (var entry : operations.at(operation).textEntries().entrySet()) {
        if (isHost(entry.getKey())) {
          return entry.getValue();
        }
      }
    }
    return "";
  }

  /** Delays and aborts, with their shares; what has no share is left out. */
  static SortedMap<String, Fraction> faults(Native fault) {
    var faults = new TreeMap<String, Fraction>();
    var delay = fault.at("delay");
    var abort = fault.at("abort");
    if (delay.at("fixedDelay").exists()) {
      faults.put("delay " + GoDuration.parse(delay.at("fixedDelay").text()), share(delay));
    }
    if (abort.exists()) {
      faults.put("abort " + statusOf(abort), share(abort));
    }
    faults.values().removeIf(Fraction::isNone);
    return faults;
  }

  private static String statusOf(Native abort) {
    return abort.at("httpStatus").textOr(abort.at("grpcStatus").text());
  }

  private static Fraction share(Native part) {
    var percent =
        part.at("percentage").exists()
            ? part.at("percentage", "value").decimal()
            : part.at("percent").decimal();
    return Fraction.of(percent, HUNDRED);
  }

  /** Of a mirror: all if it gives no percentage. */
  static Fraction mirrorShare(Native percentage) {
    return percentage.exists() ? Fraction.of(percentage.decimal(), HUNDRED) : Fraction.ALL;
  }

  /** What a policy for browsers says, in one spelling. */
  static String cors(Native policy) {
    if (!policy.exists()) {
      return "";
    }
    var origins = policy.at("allowOrigins").list().stream().map(IstioMatch::condition).toList();
    return "origins="
        + origins
        + " methods="
        + policy.at("allowMethods").texts()
        + " headers="
        + policy.at("allowHeaders").texts()
        + " exposed="
        + policy.at("exposeHeaders").texts()
        + " age="
        + GoDuration.of(policy.at("maxAge"))
        + " credentials="
        + policy.at("allowCredentials").isTrue();
  }

  /** Where a redirect leads, as Envoy writes its location. */
  static Outcome.Redirected redirect(Native redirect, Request request, EnvoyPath matched) {
    var scheme = redirect.at("scheme").textOr("http");
    int usual = scheme.equals("https") ? 443 : 80;
    int given =
        redirect.at("derivePort").text().equals("FROM_REQUEST_PORT")
            ? request.port()
            : redirect.at("port").number(0);
    var host = redirect.at("authority").text();
    // A port that is the scheme's own is left out; then that of a kept host stays.
    int kept = host.isEmpty() && request.port() != 80 ? request.port() : usual;
    var prefix = redirect.at("prefixRewrite").text();
    var path =
        prefix.isEmpty()
            ? redirect.at("uri").textOr(request.path())
            : matched.rewritten(request.path(), prefix);
    return new Outcome.Redirected(
        redirect.at("redirectCode").number(301),
        scheme,
        host,
        given == 0 || given == usual ? kept : given,
        path);
  }

  private static boolean isHost(HeaderEdits.Step step) {
    return switch (step) {
      case HeaderEdits.Step.Set set -> isHost(set.name());
      case HeaderEdits.Step.Add add -> isHost(add.name());
      case HeaderEdits.Step.Remove remove -> isHost(remove.name());
    };
  }

  private static boolean isHost(String header) {
    return header.startsWith(":") || header.equalsIgnoreCase("host");
  }
}
