package io.meshbridge.adapter.istio.traffic;

import java.util.regex.Pattern;

/** Knows which labels of a foreign mesh may stand on an endpoint of this one. */
public final class LabelRules {
  private static final Pattern VALUE =
      Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");
  private static final Pattern KEY =
      Pattern.compile("([a-z0-9.-]{1,253}/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

  private LabelRules() {}

  /**
   * Whether a label is one, and none on which Istio acts: security.istio.io/tlsMode would make
   * clients send their mesh's certificates to a foreign address.
   */
  public static boolean isSafe(String key, String value) {
    int slash = key.indexOf('/');
    var domain = slash < 0 ? "" : key.substring(0, slash);
    boolean steers =
        domain.equals("istio.io")
            || domain.endsWith(".istio.io")
            || domain.equals("topology.kubernetes.io")
            || key.startsWith("istio-");
    return !steers && KEY.matcher(key).matches() && VALUE.matcher(value).matches();
  }
}
