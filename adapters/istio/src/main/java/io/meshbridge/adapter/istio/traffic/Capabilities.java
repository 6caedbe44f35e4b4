package io.meshbridge.adapter.istio.traffic;

import java.util.regex.Pattern;

/**
 * What a version of Istio can be told.
 *
 * @param prefixRedirect whether a redirect may keep what follows a prefix
 * @param retryBudget whether retries may be bounded in proportion to requests
 * @param budgetInterval whether it can be said over which time these requests are counted
 * @param retryBackoff whether the time between two tries can be said
 * @param certificateLists whether a gateway may show one of several certificates
 * @param retriesUnsaid503 whether a rule that says nothing of retries tries again after a 503
 */
public record Capabilities(
    boolean prefixRedirect,
    boolean retryBudget,
    boolean budgetInterval,
    boolean retryBackoff,
    boolean certificateLists,
    boolean retriesUnsaid503) {
  // The oldest that is read at all serves networking.istio.io/v1 (Istio 1.22).
  private static final Pattern VERSION = Pattern.compile("v?(\\d{1,3})\\.(\\d{1,3})\\D?.*");
  private static final int PREFIX_REDIRECT = 31;
  private static final int RETRY_BUDGET = 27;
  private static final int BUDGET_INTERVAL = 31;
  private static final int RETRY_BACKOFF = 26;
  private static final int CERTIFICATE_LISTS = 27;
  private static final int SAFE_RETRIES = 24;

  // What every server takes that serves the definitions which this translator was checked against.
  private static final Capabilities KNOWN = new Capabilities(false, true, false, true, true, false);

  /**
   * What a version can be told.
   *
   * @param version such as {@code 1.27.1}; empty, or a word that is no version, for the newest that
   *     is known
   */
  public static Capabilities of(String version) {
    var matcher = VERSION.matcher(version);
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) != 1) {
      return KNOWN;
    }
    int minor = Integer.parseInt(matcher.group(2));
    return new Capabilities(
        minor >= PREFIX_REDIRECT,
        minor >= RETRY_BUDGET,
        minor >= BUDGET_INTERVAL,
        minor >= RETRY_BACKOFF,
        minor >= CERTIFICATE_LISTS,
        minor < SAFE_RETRIES);
  }
}
