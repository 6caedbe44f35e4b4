package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.PathMatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A match as a route says it.
 *
 * @param match what it means, without port and client
 * @param index its place among the matches of its rule
 * @param path empty for any
 * @param call a gRPC method in place of a path
 */
record SaidMatch(
    HttpMatch match,
    int index,
    Optional<Condition> path,
    Optional<GrpcCall> call,
    String method,
    List<Named> headers,
    List<Named> query) {
  /** A condition on a header or a parameter. */
  record Named(String name, Condition condition) {
    Map<String, Object> manifest() {
      var manifest = new LinkedHashMap<String, Object>();
      manifest.put("name", name);
      manifest.putAll(condition.manifest());
      return manifest;
    }
  }

  private static final Condition ANY_PATH = new Condition(Condition.PREFIX, "/");

  SaidMatch {
    headers = List.copyOf(headers);
    query = List.copyOf(query);
  }

  SaidMatch withPath(Condition other) {
    return new SaidMatch(match, index, Optional.of(other), call, method, headers, query);
  }

  SaidMatch withCall(GrpcCall other) {
    return new SaidMatch(
        match, index, Optional.empty(), Optional.of(other), method, headers, query);
  }

  /** Whether the proxy counts the whole path of a request for it. */
  boolean countsWholePath() {
    return path.filter(condition -> !condition.type().equals(Condition.PREFIX)).isPresent();
  }

  /** The prefix that the proxy counts; empty if it counts the whole path. */
  String prefix() {
    return path.map(condition -> condition.value().replaceFirst("/+$", "")).orElse("");
  }

  /** What decides between two matches that count as much of the path. */
  int compareRest(SaidMatch other) {
    int order = Boolean.compare(!method.isEmpty(), !other.method.isEmpty());
    if (order == 0) {
      order = Integer.compare(headers.size(), other.headers.size());
    }
    return order == 0 ? Integer.compare(query.size(), other.query.size()) : order;
  }

  /** The order in which the proxy asks; what is more precise comes first. */
  int compareRank(SaidMatch other) {
    int order =
        call.isPresent() && other.call.isPresent()
            ? Integer.compare(call.get().rank(), other.call.get().rank())
            : Boolean.compare(countsWholePath(), other.countsWholePath());
    if (order == 0 && call.isEmpty() && !countsWholePath()) {
      order = Integer.compare(prefixLength(), other.prefixLength());
    }
    return -(order == 0 ? compareRest(other) : order);
  }

  /** The same match on the path that is its prefix and nothing more; empty if it has none. */
  Optional<SaidMatch> onWholePath() {
    if (call.isPresent() || countsWholePath()) {
      return Optional.empty();
    }
    var whole = prefix().isEmpty() ? "/" : prefix();
    return Optional.of(
        new SaidMatch(
            match.withPath(PathMatch.exact(whole)),
            index,
            Optional.of(new Condition(Condition.EXACT, whole)),
            call,
            method,
            headers,
            query));
  }

  private int prefixLength() {
    return Math.max(1, prefix().length());
  }

  boolean isAny() {
    return match.isAny();
  }

  Map<String, Object> manifest() {
    var manifest = new LinkedHashMap<String, Object>();
    if (call.isPresent()) {
      call.filter(c -> !c.isAny()).ifPresent(c -> manifest.put("method", c.manifest()));
    } else {
      // What is not said the API server would fill in.
      manifest.put("path", path.orElse(ANY_PATH).manifest());
    }
    if (!method.isEmpty()) {
      manifest.put("method", method);
    }
    put(manifest, "headers", headers);
    put(manifest, "queryParams", query);
    return manifest;
  }

  private static void put(Map<String, Object> manifest, String field, List<Named> conditions) {
    if (!conditions.isEmpty()) {
      manifest.put(field, new ArrayList<>(conditions.stream().map(Named::manifest).toList()));
    }
  }
}
