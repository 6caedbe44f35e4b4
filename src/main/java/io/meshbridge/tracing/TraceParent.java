package io.meshbridge.tracing;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where in which trace a record was made, as the header {@code traceparent} says it (W3C Trace
 * Context, 3.2). It goes beside a record, and is no part of what the record says.
 *
 * @param traceId 32 hexadecimal digits, not all zero
 * @param spanId 16 hexadecimal digits, not all zero
 * @param flags two hexadecimal digits
 */
public record TraceParent(String traceId, String spanId, String flags) {
  // A later version may append more; what this one knows still stands at its beginning.
  private static final Pattern FORM =
      Pattern.compile("(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
  private static final Pattern ZEROS = Pattern.compile("0+");

  /** Reads a header; empty if it is none that may be acted upon. */
  public static Optional<TraceParent> parse(String header) {
    var found = FORM.matcher(header);
    if (!found.matches() || (found.group(1).equals("00") && found.group(5) != null)) {
      return Optional.empty();
    }
    var parent = new TraceParent(found.group(2), found.group(3), found.group(4));
    return Optional.of(parent).filter(TraceParent::isValid);
  }

  private boolean isValid() {
    return !ZEROS.matcher(traceId).matches() && !ZEROS.matcher(spanId).matches();
  }

  /** As the header has it. */
  public String text() {
    return "00-" + traceId + "-" + spanId + "-" + flags;
  }
}
