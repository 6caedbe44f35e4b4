package io.meshbridge.adapter.linkerd.traffic;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Regular expressions for Linkerd's proxy. They are in Rust's syntax, which is nearly RE2's, and
 * the proxy takes the first way in which one matches, which need not be the whole text.
 */
final class RustRegex {
  private static final int LONGEST = 1024;
  private static final Pattern ONLY_RE2 = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\([CQE])");
  private static final String START = "^(?:";
  private static final String END = ")$";

  private RustRegex() {}

  /** The expression for the proxy; empty if Rust does not know a part of it, or it is too long. */
  static Optional<String> of(String re2) {
    if (ONLY_RE2.matcher(re2).find()) {
      return Optional.empty();
    }
    // A choice, or an unwilling repetition, may end before the text does.
    boolean anchored = re2.startsWith(START) && re2.endsWith(END);
    boolean early = re2.contains("|") || re2.contains("??") || re2.contains("*?");
    var whole = !anchored && (early || re2.contains("+?")) ? START + re2 + END : re2;
    return whole.length() > LONGEST ? Optional.empty() : Optional.of(whole);
  }
}
