package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.PathChange;
import io.meshbridge.model.traffic.PathMatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of the forms in which Istio says a condition on a path. A prefix by segments takes two: the
 * path itself, and all that begins with it and a slash.
 *
 * @param uri the condition; empty for every path
 * @param ignoreCase whether the case of its text does not count
 * @param end what of a path that is cut off before a slash has to be put in its place again
 */
record PathForm(Optional<Map<String, Object>> uri, boolean ignoreCase, End end) {
  private static final String SLASH = "/";

  /** What a change of a matched prefix replaces. */
  private enum End {
    /** All of the path. */
    WHOLE,
    /** The letters that matched. */
    LETTERS,
    /** Whole segments, and the slash after them. */
    SEGMENTS
  }

  /** All forms of a condition. */
  static List<PathForm> of(Optional<PathMatch> path) {
    if (path.isEmpty()) {
      return List.of(new PathForm(Optional.empty(), false, End.LETTERS));
    }
    var match = path.orElseThrow();
    return switch (match.kind()) {
      case EXACT -> List.of(form("exact", match.value(), match.ignoreCase(), End.WHOLE));
      case REGEX ->
          List.of(
              form("regex", (match.ignoreCase() ? "(?i)" : "") + match.value(), false, End.WHOLE));
      case STRING_PREFIX -> List.of(form("prefix", match.value(), match.ignoreCase(), End.LETTERS));
      case SEGMENT_PREFIX -> segments(match);
    };
  }

  private static List<PathForm> segments(PathMatch match) {
    var bare = withoutSlash(match.value());
    var forms = new ArrayList<PathForm>();
    if (!bare.isEmpty()) {
      forms.add(form("exact", bare, match.ignoreCase(), End.WHOLE));
    }
    forms.add(form("prefix", bare + SLASH, match.ignoreCase(), End.SEGMENTS));
    return forms;
  }

  private static PathForm form(String kind, String value, boolean ignoreCase, End end) {
    return new PathForm(Optional.of(Map.of(kind, value)), ignoreCase, end);
  }

  /** How a rewriting of what matched is said; empty if Istio has no word for it. */
  Optional<Map<String, Object>> rewrite(PathChange change) {
    return switch (change) {
      case PathChange.Whole whole ->
          Optional.of(
              end == End.WHOLE
                  ? Map.of("uri", orSlash(whole.path()))
                  : regex("^.*$", orSlash(whole.path()).replace("\\", "\\\\")));
      case PathChange.Prefix prefix -> Optional.of(rewritePrefix(prefix.replacement()));
      case PathChange.Regex regex ->
          regex.substitution().isEmpty() || Expressions.faultOf(regex.expression()).isPresent()
              ? Optional.empty()
              : Optional.of(regex(regex.expression(), regex.substitution()));
    };
  }

  /**
   * How a redirect to another path is said; empty if Istio has no word for it.
   *
   * @param keepsRest whether Istio can keep what follows a prefix
   */
  Optional<Map<String, Object>> redirect(PathChange change, boolean keepsRest) {
    return switch (change) {
      case PathChange.Whole whole -> Optional.of(Map.of("uri", orSlash(whole.path())));
      case PathChange.Prefix prefix -> {
        if (end == End.WHOLE) {
          yield Optional.of(Map.of("uri", orSlash(prefix.replacement())));
        }
        yield keepsRest
            ? Optional.of(Map.of("prefixRewrite", replacing(prefix.replacement())))
            : Optional.empty();
      }
      case PathChange.Regex ignored -> Optional.empty();
    };
  }

  private Map<String, Object> rewritePrefix(String replacement) {
    if (end == End.LETTERS && replacement.isEmpty()) {
      // An empty uri is none for Istio.
      var prefix = uri.map(match -> String.valueOf(match.get("prefix"))).orElse(SLASH);
      return regex("^" + StringMatches.quoted(prefix) + "(.*)$", "\\1");
    }
    return Map.of("uri", end == End.WHOLE ? orSlash(replacement) : replacing(replacement));
  }

  private String replacing(String replacement) {
    return end == End.SEGMENTS ? withoutSlash(replacement) + SLASH : replacement;
  }

  private static Map<String, Object> regex(String expression, String substitution) {
    var regex = new LinkedHashMap<String, Object>();
    regex.put("match", expression);
    regex.put("rewrite", substitution);
    return Map.of("uriRegexRewrite", regex);
  }

  private static String orSlash(String path) {
    return path.isEmpty() ? SLASH : path;
  }

  private static String withoutSlash(String path) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }
}
