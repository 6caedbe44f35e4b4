package io.meshbridge.testkit.reference;

import java.util.Optional;

/**
 * A redirect as Linkerd's proxy makes it. A host alone keeps the port of the request.
 *
 * @param scheme empty for the request's
 * @param host empty for the request's
 * @param port 0 if none is given
 * @param path how the path changes; empty for not at all
 * @param status 301 if none is given
 */
record LinkerdRedirect(String scheme, String host, int port, Optional<Path> path, int status) {
  /** A new path, or a new text in place of what the rule's prefix matched. */
  record Path(boolean prefix, String value) {}

  static LinkerdRedirect of(Native redirect) {
    var path = redirect.at("path");
    var prefix = path.at("type").text().equals("ReplacePrefixMatch");
    return new LinkerdRedirect(
        redirect.at("scheme").text(),
        redirect.at("hostname").text(),
        redirect.at("port").number(0),
        path.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Path(
                    prefix, path.at(prefix ? "replacePrefixMatch" : "replaceFullPath").text())),
        redirect.at("statusCode").number(301));
  }

  /**
   * Where it leads; empty if that is where the request went already.
   *
   * @param matched how many characters of the path the rule's match on a prefix took
   */
  Optional<Outcome.Redirected> apply(Request request, int matched) {
    var target =
        new Outcome.Redirected(
            status,
            scheme.isEmpty() ? "http" : scheme,
            host,
            portFor(request),
            path.map(change -> pathFor(request, change, matched)).orElse(request.path()));
    boolean same =
        target.scheme().equals("http")
            && target.host().isEmpty()
            && target.port() == request.port()
            && target.path().equals(request.path());
    return same ? Optional.empty() : Optional.of(target);
  }

  private int portFor(Request request) {
    int usual = scheme.equals("https") ? 443 : 80;
    if (port != 0) {
      return port;
    }
    // Clients name a port to the proxy unless it is 80; it stays what they named.
    return request.port() == 80 ? usual : request.port();
  }

  private static String pathFor(Request request, Path change, int matched) {
    if (!change.prefix()) {
      return change.value();
    }
    var rest = request.path().substring(Math.min(matched, request.path().length()));
    return change.value() + (rest.isEmpty() || rest.startsWith("/") ? rest : "/" + rest);
  }
}
