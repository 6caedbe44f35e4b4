package io.meshbridge.testkit.kubernetes;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a request's address means.
 *
 * @param group empty for the core group
 * @param namespace empty for all namespaces, or for objects of the cluster as a whole
 * @param name empty for the collection
 * @param subresource such as {@code status}; empty for the object itself
 * @param query the parameters
 */
record ApiPath(
    String group,
    String version,
    String plural,
    String namespace,
    String name,
    String subresource,
    Map<String, String> query) {

  /** Reads an address; empty if it is not one of a collection, an object or a part of one. */
  static Optional<ApiPath> parse(String address) {
    var uri = URI.create(address);
    var elements = new ArrayList<String>();
    for (String element : List.of(uri.getRawPath().split("/", -1))) {
      if (!element.isEmpty()) {
        elements.add(URLDecoder.decode(element, StandardCharsets.UTF_8));
      }
    }
    boolean core = !elements.isEmpty() && elements.getFirst().equals("api");
    int skip = core ? 2 : 3;
    if (elements.size() <= skip || !(core || elements.getFirst().equals("apis"))) {
      return Optional.empty();
    }
    var rest = elements.subList(skip, elements.size());
    boolean inNamespace = rest.getFirst().equals("namespaces") && rest.size() > 2;
    var tail = inNamespace ? rest.subList(2, rest.size()) : rest;
    if (tail.size() > 3) {
      return Optional.empty();
    }
    return Optional.of(
        new ApiPath(
            core ? "" : elements.get(1),
            elements.get(core ? 1 : 2),
            tail.getFirst(),
            inNamespace ? rest.get(1) : "",
            tail.size() > 1 ? tail.get(1) : "",
            tail.size() > 2 ? tail.get(2) : "",
            parameters(uri)));
  }

  /** Whether it leads to an object's status alone. */
  boolean isStatus() {
    return subresource.equals("status");
  }

  String parameter(String name) {
    return query.getOrDefault(name, "");
  }

  /** Which collection, whatever its version. */
  String collection() {
    return plural + "." + group;
  }

  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  private static Map<String, String> parameters(URI uri) {
    var parameters = new HashMap<String, String>();
    if (uri.getRawQuery() != null) {
      for (String pair : List.of(uri.getRawQuery().split("&", -1))) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          parameters.put(
              pair.substring(0, equals),
              URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
      }
    }
    return parameters;
  }
}
