package io.meshbridge.logging;

import io.quarkus.logging.LoggingFilter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Gives the parts of a line, such as {@code target=west service=east/shop/reviews}, to the
 * formatter of JSON as fields of their own. They are taken from the format and its arguments, not
 * from the text: a reason may hold anything.
 */
@LoggingFilter(name = "parts")
public final class LineParts implements Filter {
  // A conversion of java.util.Formatter, and the key before it if it has one.
  private static final Pattern PART =
      Pattern.compile("(?:(\\w+)=)?%(?:[%n]|[-#+ 0,(]*\\d*(?:\\.\\d+)?[a-zA-Z])");

  private final boolean json;

  /** Does nothing unless lines are written as JSON. */
  public LineParts(
      @ConfigProperty(name = "quarkus.log.console.json.enabled", defaultValue = "false")
          boolean json) {
    this.json = json;
  }

  /** Lets every line pass. */
  @Override
  public boolean isLoggable(LogRecord line) {
    if (json
        && line instanceof ExtLogRecord ours
        && ours.getFormatStyle() == ExtLogRecord.FormatStyle.PRINTF) {
      parts(ours.getMessage(), ours.getParameters()).forEach(ours::putMdc);
    }
    return true;
  }

  static Map<String, String> parts(String format, Object... arguments) {
    var parts = new LinkedHashMap<String, String>();
    var found = PART.matcher(format);
    for (int next = 0; found.find() && next < arguments.length; ) {
      boolean takesAnArgument = !found.group().endsWith("%%") && !found.group().endsWith("%n");
      if (found.group(1) != null && takesAnArgument) {
        parts.put(found.group(1), String.valueOf(arguments[next]));
      }
      next += takesAnArgument ? 1 : 0;
    }
    return parts;
  }
}
