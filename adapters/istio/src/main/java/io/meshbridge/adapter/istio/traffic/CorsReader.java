package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.TextMatch;
import io.meshbridge.spi.reading.TracedFields;
import java.util.ArrayList;
import java.util.List;

/** Reads the CORS policy of a rule. */
final class CorsReader {
  // Envoy's filter takes an exact asterisk for every origin.
  private static final String ANY = "*";

  private CorsReader() {}

  static void read(TracedFields rule, FilterList filters) {
    if (!rule.has("corsPolicy")) {
      return;
    }
    var cors = rule.object("corsPolicy");
    cors.drop(
        "unmatchedPreflights",
        "what becomes of a preflight from a stranger is left to each mesh",
        "");
    var refs = new ArrayList<FieldRef>();
    var filter =
        new HttpFilter.Cors(
            originsOf(cors, refs),
            textsOf(cors, "allowMethods", refs),
            textsOf(cors, "allowHeaders", refs),
            textsOf(cors, "exposeHeaders", refs),
            cors.duration("maxAge"),
            cors.flag("allowCredentials").orElse(false));
    for (String single : List.of("maxAge", "allowCredentials")) {
      if (cors.has(single)) {
        refs.add(cors.ref(single));
      }
    }
    filters.add(filter, refs);
  }

  private static List<TextMatch> originsOf(TracedFields cors, List<FieldRef> refs) {
    var origins = new ArrayList<TextMatch>();
    for (TracedFields origin : cors.objects("allowOrigins")) {
      var match = TextMatches.readPresent(origin);
      refs.addAll(match.refs());
      origins.add(orAny(match.value()));
    }
    if (!origins.isEmpty()) {
      cors.drop("allowOrigin", "stands beside allowOrigins, which Istio takes", "");
      return origins;
    }
    return textsOf(cors, "allowOrigin", refs).stream()
        .map(origin -> orAny(TextMatch.exact(origin)))
        .toList();
  }

  private static TextMatch orAny(TextMatch match) {
    return match.equals(TextMatch.exact(ANY)) ? TextMatch.PRESENT : match;
  }

  private static List<String> textsOf(TracedFields cors, String name, List<FieldRef> refs) {
    var texts = cors.texts(name);
    for (int i = 0; i < texts.size(); i++) {
      refs.add(cors.trace().ref(cors.pathOf(name) + "[" + i + "]"));
    }
    return texts;
  }
}
