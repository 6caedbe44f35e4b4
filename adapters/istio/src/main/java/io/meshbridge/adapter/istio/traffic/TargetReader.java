package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.PathChange;
import io.meshbridge.spi.reading.TracedFields;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads what becomes of a request's target: rewritten, redirected, or answered at once. */
final class TargetReader {
  private static final List<Integer> REDIRECTS = List.of(301, 302, 303, 307, 308);
  private static final List<String> REDIRECT_FIELDS =
      List.of("uri", "prefixRewrite", "authority", "scheme", "port", "redirectCode");
  private static final int DEFAULT_REDIRECT = 301;
  private static final int LAST_PORT = 65_535;

  private TargetReader() {}

  /**
   * The rewriting of a rule.
   *
   * @param headers of the rule, which may change the host, too
   * @param wholePath whether the path is replaced as a whole, not by its matched prefix
   */
  static void readRewrite(
      TracedFields rule, HeaderReader headers, boolean wholePath, FilterList filters) {
    var rewrite = rule.object("rewrite");
    var refs = new ArrayList<FieldRef>();
    var host = rewrite.text("authority").filter(text -> !text.isEmpty());
    host.ifPresent(text -> refs.add(rewrite.ref("authority")));
    if (host.isEmpty()) {
      host = headers.host().map(Sourced::value);
      headers.host().ifPresent(part -> refs.addAll(part.refs()));
    }
    var path = pathOf(rewrite, wholePath, refs);
    if (host.isPresent() || path.isPresent()) {
      filters.add(new HttpFilter.Rewrite(host, path), refs);
    }
  }

  static void readRedirect(TracedFields rule, FilterList filters) {
    var redirect = rule.object("redirect");
    var refs = new ArrayList<FieldRef>();
    redirect.names().stream()
        .filter(REDIRECT_FIELDS::contains)
        .forEach(name -> refs.add(redirect.ref(name)));
    var port = portOf(redirect, refs);
    int status = redirect.integer("redirectCode", 300, 399).orElse(DEFAULT_REDIRECT);
    if (!REDIRECTS.contains(status)) {
      redirect.error("redirectCode", "must be one of " + REDIRECTS + ", but is " + status);
      status = DEFAULT_REDIRECT;
    }
    filters.add(
        new HttpFilter.Redirect(
            textOf(redirect, "scheme"),
            textOf(redirect, "authority"),
            port,
            redirectedPath(redirect),
            status),
        refs);
  }

  private static Optional<PathChange> redirectedPath(TracedFields redirect) {
    var whole = textOf(redirect, "uri").<PathChange>map(PathChange.Whole::new);
    var prefix = textOf(redirect, "prefixRewrite").<PathChange>map(PathChange.Prefix::new);
    if (whole.isPresent() && prefix.isPresent()) {
      redirect.error("prefixRewrite", "must not stand beside uri");
    }
    return whole.or(() -> prefix);
  }

  static void readDirectResponse(TracedFields rule, FilterList filters) {
    var direct = rule.object("directResponse");
    var body = direct.object("body");
    var refs = new ArrayList<FieldRef>();
    var status = direct.integer("status", 200, 599);
    refs.add(direct.ref("status"));
    var text = body.text("string");
    if (text.isPresent()) {
      refs.add(body.ref("string"));
    } else if (body.has("bytes")) {
      text = decoded(body);
      text.ifPresent(found -> refs.add(body.ref("bytes")));
    }
    if (status.isEmpty()) {
      if (!direct.has("status")) {
        direct.error("status", "is missing");
      }
      return;
    }
    filters.add(new HttpFilter.DirectResponse(status.getAsInt(), text.orElse("")), refs);
  }

  private static Optional<PathChange> pathOf(
      TracedFields rewrite, boolean wholePath, List<FieldRef> refs) {
    var regex = rewrite.object("uriRegexRewrite");
    var uri = textOf(rewrite, "uri");
    if (regex.has("match") || regex.has("rewrite")) {
      var expression = regex.text("match").orElse("");
      Expressions.faultOf(expression).ifPresent(fault -> regex.error("match", fault));
      if (uri.isPresent()) {
        rewrite.error("uri", "must not stand beside uriRegexRewrite");
      }
      refs.add(regex.ref("match"));
      refs.add(regex.ref("rewrite"));
      return Optional.of(new PathChange.Regex(expression, regex.text("rewrite").orElse("")));
    }
    uri.ifPresent(text -> refs.add(rewrite.ref("uri")));
    return uri.map(text -> wholePath ? new PathChange.Whole(text) : new PathChange.Prefix(text));
  }

  private static Optional<String> textOf(TracedFields fields, String name) {
    return fields.text(name).filter(text -> !text.isEmpty());
  }

  private static OptionalInt portOf(TracedFields redirect, List<FieldRef> refs) {
    var derived = redirect.text("derivePort");
    if (redirect.has("port")) {
      derived.ifPresent(word -> redirect.error("derivePort", "must not stand beside port"));
      return redirect.integer("port", 1, LAST_PORT);
    }
    if (textOf(redirect, "authority").isEmpty()) {
      redirect.approximate(
          "derivePort", "the port of a host that stays is left to each mesh's own rule", "");
      return OptionalInt.empty();
    }
    var scheme = textOf(redirect, "scheme");
    derived.ifPresent(word -> refs.add(redirect.ref("derivePort")));
    if (derived.filter(RedirectPorts.AS_REQUESTED::equals).isEmpty()) {
      return OptionalInt.of(RedirectPorts.usual(scheme));
    }
    if (!RedirectPorts.keepsAsTheModel(scheme)) {
      redirect.approximate(
          "derivePort",
          "other meshes keep a port only if the request names it, as it does not 80",
          "");
    }
    return OptionalInt.empty();
  }

  private static Optional<String> decoded(TracedFields body) {
    try {
      var bytes = Base64.getDecoder().decode(body.text("bytes").orElse(""));
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (IllegalArgumentException notBase64) {
      body.error("bytes", "must be in Base64");
    } catch (CharacterCodingException binary) {
      body.drop("bytes", "is no text, and other meshes answer with texts", "");
    }
    return Optional.empty();
  }
}
