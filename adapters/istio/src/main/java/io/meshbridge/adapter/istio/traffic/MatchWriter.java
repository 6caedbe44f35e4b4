package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.Import;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.NamedMatch;
import io.meshbridge.model.traffic.PathMatch;
import io.meshbridge.model.traffic.TextMatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Says conditions on requests as HTTPMatchRequests. */
final class MatchWriter {
  private static final Pattern HEADER = Pattern.compile(":?[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private final RulePart part;
  private final Import service;

  /** Writes for callers of an import. */
  MatchWriter(RulePart part, Import service) {
    this.part = part;
    this.service = service;
  }

  /**
   * One match in one form of its path.
   *
   * @param field such as {@code matches[0]}
   */
  Map<String, Object> of(HttpMatch match, PathForm form, String field) {
    var written = new LinkedHashMap<String, Object>();
    form.uri().ifPresent(uri -> written.put("uri", uri));
    tellFaulty(match, field);
    if (form.ignoreCase()) {
      written.put("ignoreUriCase", true);
    }
    put(written, "scheme", match.scheme());
    put(written, "method", match.method());
    match.authority().ifPresent(host -> putAuthority(written, host, field + ".authority"));
    putHeaders(written, match.headers(), field);
    putQuery(written, match.query(), field);
    match.port().ifPresent(port -> written.put("port", port));
    written.putAll(Clients.of(match.client(), part, field + ".client"));
    return written;
  }

  private static void put(Map<String, Object> written, String name, Optional<TextMatch> condition) {
    // What is there in every request need not be asked for.
    condition
        .filter(match -> match.kind() != TextMatch.Kind.PRESENT)
        .ifPresent(match -> written.put(name, StringMatches.of(match)));
  }

  /**
   * Other engines take expressions that Istio's does not, and it refuses a whole object for one.
   */
  private void tellFaulty(HttpMatch match, String field) {
    match
        .path()
        .filter(path -> path.kind() == PathMatch.Kind.REGEX)
        .ifPresent(path -> tellFaulty(path.value(), field + ".path"));
    match.method().ifPresent(text -> tellFaulty(text, field + ".method"));
    match.authority().ifPresent(text -> tellFaulty(text, field + ".authority"));
    match.scheme().ifPresent(text -> tellFaulty(text, field + ".scheme"));
    for (int i = 0; i < match.headers().size(); i++) {
      tellFaulty(match.headers().get(i).value(), field + ".headers[" + i + "]");
    }
    for (int i = 0; i < match.query().size(); i++) {
      tellFaulty(match.query().get(i).value(), field + ".query[" + i + "]");
    }
  }

  private void tellFaulty(TextMatch text, String field) {
    if (text.kind() == TextMatch.Kind.REGEX) {
      tellFaulty(text.value(), field);
    }
  }

  private void tellFaulty(String expression, String field) {
    Expressions.faultOf(expression).ifPresent(fault -> part.unsayable(field, fault, ""));
  }

  /** Who calls the import asks for its name, where callers at home ask for one of the service's. */
  private void putAuthority(Map<String, Object> written, TextMatch host, String field) {
    if (host.kind() == TextMatch.Kind.EXACT
        && service.export().hostnames().contains(host.value())) {
      written.put("authority", Map.of("exact", service.name()));
      return;
    }
    put(written, "authority", Optional.of(host));
    if (service.export().ingress().isPresent()) {
      // Who comes in asks for the same host everywhere.
      return;
    }
    if (host.kind() != TextMatch.Kind.PRESENT) {
      part.approximated(
          field, "callers of the import ask for " + service.name() + ", which this may not match");
    }
  }

  private void putHeaders(Map<String, Object> written, List<NamedMatch> headers, String field) {
    var wanted = new TreeMap<String, Object>();
    var unwanted = new TreeMap<String, Object>();
    for (int i = 0; i < headers.size(); i++) {
      var header = headers.get(i);
      var at = field + ".headers[" + i + "]";
      var list = header.negated() ? unwanted : wanted;
      if (!HEADER.matcher(header.name()).matches()) {
        part.unsayable(at, "'" + header.name() + "' is no name of a header", "");
      } else if (list.putIfAbsent(header.name(), StringMatches.of(header.value())) != null) {
        part.unsayable(at, "a match looks at a header once, and this is a second condition", "");
      }
    }
    if (!wanted.isEmpty()) {
      written.put("headers", wanted);
    }
    if (!unwanted.isEmpty()) {
      written.put("withoutHeaders", unwanted);
    }
  }

  private void putQuery(Map<String, Object> written, List<NamedMatch> query, String field) {
    var wanted = new TreeMap<String, Object>();
    for (int i = 0; i < query.size(); i++) {
      var parameter = query.get(i);
      var at = field + ".query[" + i + "]";
      if (parameter.negated()) {
        part.unsayable(at, "Istio cannot ask for a parameter to be absent or different", "");
      } else if (wanted.putIfAbsent(parameter.name(), StringMatches.of(parameter.value()))
          != null) {
        part.unsayable(at, "a match looks at a parameter once, and this is a second one", "");
      }
    }
    if (!wanted.isEmpty()) {
      written.put("queryParams", wanted);
    }
  }
}
