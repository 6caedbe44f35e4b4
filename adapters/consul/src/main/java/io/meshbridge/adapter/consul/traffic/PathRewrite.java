package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.PathChange;
import io.meshbridge.model.traffic.PathMatch;
import io.meshbridge.model.traffic.PathMatch.Kind;
import java.util.Optional;

/** A new path as {@code PrefixRewrite}, which takes the place of what was matched. */
final class PathRewrite {
  private PathRewrite() {}

  /**
   * What takes its place.
   *
   * @param wanted the condition that the rule has
   * @param matched the condition that Consul has for it, or for a part of it
   * @return empty if that is not how Consul rewrites
   */
  static Optional<String> prefix(PathChange change, HttpMatch wanted, Optional<PathMatch> matched) {
    var kind = matched.map(PathMatch::kind).orElse(Kind.STRING_PREFIX);
    return switch (change) {
      case PathChange.Whole whole when kind == Kind.EXACT -> Optional.of(whole.path());
      case PathChange.Whole ignored -> Optional.empty();
      case PathChange.Regex ignored -> Optional.empty();
      case PathChange.Prefix prefix ->
          switch (kind) {
            case EXACT -> Optional.of(prefix.replacement().isEmpty() ? "/" : prefix.replacement());
            case STRING_PREFIX ->
                Optional.of(
                        isBySegments(wanted)
                            ? withoutSlash(prefix.replacement()) + "/"
                            : prefix.replacement())
                    .filter(path -> !path.isEmpty());
            case SEGMENT_PREFIX, REGEX -> Optional.empty();
          };
    };
  }

  /** Whether what was matched ends with a slash that the prefix itself does not have. */
  private static boolean isBySegments(HttpMatch wanted) {
    return wanted
        .path()
        .filter(path -> path.kind() == Kind.SEGMENT_PREFIX && !path.matchesAll())
        .isPresent();
  }

  private static String withoutSlash(String path) {
    return path.replaceFirst("/+$", "");
  }
}
