package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.PathMatch;
import java.util.Comparator;

/**
 * How early a match is asked (Gateway API, HTTPRouteRule and GRPCRouteRule, "precedence"): the most
 * precise host, then the most precise path, then a method, then the most headers, then the most
 * parameters of the query.
 *
 * @param hostClass 2 for a host, 1 for a suffix of hosts, 0 for any
 * @param hostLength its length
 * @param pathClass greater for a more precise kind of path
 * @param pathLength how much of the path is given, where that decides
 */
public record Rank(
    int hostClass,
    int hostLength,
    int pathClass,
    int pathLength,
    boolean method,
    int headers,
    int query)
    implements Comparable<Rank> {
  private static final int WHOLE_PATH = 4;
  private static final int PREFIX = 3;
  private static final int LATE_REGEX = 2;
  private static final int NO_PATH = 0;
  private static final Comparator<Rank> LEAST_FIRST =
      Comparator.comparingInt(Rank::hostClass)
          .thenComparingInt(Rank::hostLength)
          .thenComparingInt(Rank::pathClass)
          .thenComparingInt(Rank::pathLength)
          .thenComparing(Rank::method)
          .thenComparingInt(Rank::headers)
          .thenComparingInt(Rank::query);

  /** The rank of a match that does not look at the host. */
  public static Rank of(HttpMatch match, boolean grpc, boolean regexRanksWithExact) {
    return of(match, grpc, regexRanksWithExact, 0, 0);
  }

  static Rank of(
      HttpMatch match, boolean grpc, boolean regexRanksWithExact, int hostClass, int hostLength) {
    var path = match.path();
    int pathClass =
        path.map(p -> classOf(p, grpc, regexRanksWithExact)).orElse(grpc ? NO_PATH : PREFIX);
    int pathLength = path.map(p -> lengthOf(p, regexRanksWithExact)).orElse(1);
    return new Rank(
        hostClass,
        hostLength,
        pathClass,
        pathLength,
        match.method().isPresent(),
        match.headers().size(),
        match.query().size());
  }

  @Override
  public int compareTo(Rank other) {
    // What is more precise comes first.
    return LEAST_FIRST.compare(other, this);
  }

  private static int classOf(PathMatch path, boolean grpc, boolean regexRanksWithExact) {
    return switch (path.kind()) {
      case EXACT -> WHOLE_PATH;
      case SEGMENT_PREFIX, STRING_PREFIX -> PREFIX;
      // Of gRPC an expression stands for a method of any service, which is less than a service.
      case REGEX -> regexRanksWithExact && !grpc ? WHOLE_PATH : LATE_REGEX;
    };
  }

  /**
   * Only of prefixes does the length decide: two exact paths that match are equal. Istio compares
   * the length of expressions, too.
   */
  private static int lengthOf(PathMatch path, boolean regexRanksWithExact) {
    return switch (path.kind()) {
      case EXACT -> 0;
      case SEGMENT_PREFIX, STRING_PREFIX -> Math.max(1, trimmed(path.value()).length());
      case REGEX -> regexRanksWithExact ? 0 : path.value().length();
    };
  }

  private static String trimmed(String path) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }
}
