package io.meshbridge.translation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Rules of a service as somebody thinks of them, before they are written in a mesh's words. The
 * service has three versions, {@code v1} to {@code v3}.
 *
 * @param rules the first that matches takes a request
 * @param port that clients call, where the mesh has ports of services
 * @param grpc whether the service is called by gRPC
 * @param apart whether each version is a service of its own, too
 */
record Sketch(List<Rule> rules, int port, boolean grpc, boolean apart) {
  /** How many versions there are. */
  static final int VERSIONS = 3;

  /** Whether it needs versions that are parts of the service. */
  boolean needsSubsets() {
    return !apart && rules.stream().anyMatch(rule -> !rule.weights().isEmpty());
  }

  /** The address of a version's endpoint. */
  static String addressOf(int version) {
    return "10.0.0." + version;
  }

  /**
   * A rule.
   *
   * @param path empty for any
   * @param method empty for any
   * @param headers by name
   * @param query by the parameter's name
   * @param weights of the versions in order; none for the service whole
   * @param redirect in place of sending it on
   */
  record Rule(
      Optional<Path> path,
      String method,
      SortedMap<String, Text> headers,
      SortedMap<String, Text> query,
      List<Integer> weights,
      Edits request,
      Edits response,
      Optional<Redirect> redirect,
      Optional<Duration> timeout) {
    /** Whether it takes every request. */
    boolean takesAll() {
      return path.isEmpty() && method.isEmpty() && headers.isEmpty() && query.isEmpty();
    }
  }

  /** A condition on a path. */
  record Path(Kind kind, String value) {
    /** How it is compared. */
    enum Kind {
      EXACT,
      SEGMENTS,
      LETTERS,
      REGEX
    }
  }

  /** A condition on a header or parameter. */
  record Text(boolean regex, String value) {}

  /** Changes of headers; no name twice. */
  record Edits(SortedMap<String, String> set, SortedMap<String, String> add, List<String> remove) {
    boolean isEmpty() {
      return set.isEmpty() && add.isEmpty() && remove.isEmpty();
    }
  }

  /** A redirect; what is empty or 0 is not given. */
  record Redirect(String scheme, String host, int port, int status) {}
}
