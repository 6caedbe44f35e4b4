package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.adapter.kubernetes.gatewayapi.Regexes;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.PathMatch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A gRPC method, as a GRPCRoute names it.
 *
 * @param service empty for any
 * @param method empty for any
 */
record GrpcCall(String service, String method) {
  static final GrpcCall ANY = new GrpcCall("", "");
  private static final String NAME = "[A-Za-z_][A-Za-z_0-9.]*";
  private static final Pattern BOTH = Pattern.compile("/(" + NAME + ")/([A-Za-z_0-9]+)");
  private static final Pattern SERVICE = Pattern.compile("/(" + NAME + ")/");
  private static final String ANY_SERVICE = "/[^/]+/";

  /** The method that a match on a path stands for; empty if it is no such path. */
  static Optional<GrpcCall> of(HttpMatch match) {
    if (match.method().isPresent() || !match.query().isEmpty()) {
      return Optional.empty();
    }
    if (match.path().isEmpty() || match.path().get().matchesAll()) {
      return Optional.of(ANY);
    }
    var path = match.path().get();
    if (path.ignoreCase()) {
      return Optional.empty();
    }
    return switch (path.kind()) {
      case EXACT ->
          Optional.of(BOTH.matcher(path.value()))
              .filter(matcher -> matcher.matches())
              .map(matcher -> new GrpcCall(matcher.group(1), matcher.group(2)));
      case STRING_PREFIX ->
          Optional.of(SERVICE.matcher(path.value()))
              .filter(matcher -> matcher.matches())
              .map(matcher -> new GrpcCall(matcher.group(1), ""));
      case REGEX -> ofAnyService(path);
      case SEGMENT_PREFIX -> Optional.empty();
    };
  }

  private static Optional<GrpcCall> ofAnyService(PathMatch path) {
    if (!path.value().startsWith(ANY_SERVICE)) {
      return Optional.empty();
    }
    var method = path.value().substring(ANY_SERVICE.length());
    return method.matches("[A-Za-z_0-9]+") && Regexes.quote(method).equals(method)
        ? Optional.of(new GrpcCall("", method))
        : Optional.empty();
  }

  boolean isAny() {
    return equals(ANY);
  }

  /** How precise it is: both, a service, a method, none of them. */
  int rank() {
    return (service.isEmpty() ? 0 : 2) + (method.isEmpty() ? 0 : 1);
  }

  Map<String, Object> manifest() {
    var manifest = new LinkedHashMap<String, Object>();
    manifest.put("type", Condition.EXACT);
    if (!service.isEmpty()) {
      manifest.put("service", service);
    }
    if (!method.isEmpty()) {
      manifest.put("method", method);
    }
    return manifest;
  }
}
