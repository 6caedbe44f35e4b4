package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.PathChange;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Says what becomes of a request's target: rewritten, redirected, or answered at once. Not for
 * several threads.
 */
final class TargetWriter {
  private static final int LARGEST_BODY = 1_000_000;

  private final RulePart part;
  private final Capabilities capabilities;
  private Optional<Said<HttpFilter>> answer = Optional.empty();
  private Optional<String> host = Optional.empty();
  private Optional<Said<PathChange>> path = Optional.empty();

  /** Something, and where it stands in the rule. */
  private record Said<T>(T value, String field) {}

  TargetWriter(RulePart part, Capabilities capabilities) {
    this.part = part;
    this.capabilities = capabilities;
  }

  /** The first answer is given; those after it never are. */
  void answer(HttpFilter filter, String field) {
    if (answer.isEmpty()) {
      answer = Optional.of(new Said<>(filter, field));
    }
  }

  void rewrite(HttpFilter.Rewrite rewrite, String field) {
    rewrite.host().ifPresent(name -> host = Optional.of(name));
    rewrite.path().ifPresent(change -> path = Optional.of(new Said<>(change, field)));
  }

  /** Whether nothing is sent on. */
  boolean answers() {
    return answer.isPresent();
  }

  /**
   * The fields for requests whose path is of that form; none if nothing is done, or if it cannot be
   * said, which is told then.
   */
  Map<String, Object> fieldsFor(PathForm form) {
    if (answer.isEmpty()) {
      return rewriteOf(form);
    }
    var said = answer.orElseThrow();
    return switch (said.value()) {
      case HttpFilter.Redirect redirect -> redirectOf(redirect, said.field(), form);
      case HttpFilter.DirectResponse direct ->
          Map.of("directResponse", directOf(direct, said.field()));
      default -> Map.of();
    };
  }

  private Map<String, Object> rewriteOf(PathForm form) {
    var fields = new LinkedHashMap<String, Object>();
    host.ifPresent(name -> fields.put("authority", name));
    path.ifPresent(
        said ->
            form.rewrite(said.value())
                .ifPresentOrElse(
                    fields::putAll,
                    () ->
                        part.unsayable(
                            said.field(),
                            "Istio cannot cut a part out of a path, and has RE2 for expressions",
                            "")));
    return fields.isEmpty() ? Map.of() : Map.of("rewrite", fields);
  }

  private Map<String, Object> redirectOf(
      HttpFilter.Redirect redirect, String field, PathForm form) {
    var fields = new LinkedHashMap<String, Object>();
    redirect
        .path()
        .ifPresent(
            change ->
                form.redirect(change, capabilities.prefixRedirect())
                    .ifPresentOrElse(
                        fields::putAll,
                        () ->
                            part.unsayable(
                                field,
                                "a redirect of Istio replaces the whole path, and keeps no part",
                                "")));
    redirect.host().ifPresent(name -> fields.put("authority", name));
    redirect.port().ifPresent(port -> fields.put("port", port));
    redirect.scheme().ifPresent(scheme -> fields.put("scheme", scheme));
    if (fields.isEmpty()) {
      // Istio wants something said, and this is what happens anyway.
      fields.put("derivePort", "FROM_REQUEST_PORT");
    }
    fields.put("redirectCode", redirect.status());
    return Map.of("redirect", fields);
  }

  private Map<String, Object> directOf(HttpFilter.DirectResponse direct, String field) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("status", direct.status());
    if (direct.body().length() > LARGEST_BODY) {
      part.dropped(field, "the body is longer than what Istio takes");
    } else if (!direct.body().isEmpty()) {
      fields.put("body", Map.of("string", direct.body()));
    }
    return fields;
  }
}
