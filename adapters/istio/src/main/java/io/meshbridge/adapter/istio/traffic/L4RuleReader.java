package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.ClientMatch;
import io.meshbridge.model.traffic.L4Rule;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.spi.reading.TracedFields;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Reads one rule for TLS that stays closed, or for TCP. */
final class L4RuleReader {
  private final WeightReader weights;
  private final Callers callers;

  L4RuleReader(Backends backends, Callers callers) {
    this.weights = new WeightReader(backends);
    this.callers = callers;
  }

  /** The rule once for each of its matches, since one of them has to hold. */
  List<L4Rule> read(TracedFields rule, String namespace) {
    var matches = rule.objects("match");
    var rules = new ArrayList<L4Rule>();
    for (TracedFields match : matches) {
      if (!callers.holdsIn(match, namespace)) {
        callers.passOver(match, namespace);
      } else if (callers.comeIn() && MatchReader.looksAtClients(match)) {
        Callers.dropRest(
            match,
            "belongs to a match that chooses pods of the gateway, which other meshes lack",
            "");
      } else {
        rules.add(ruleFor(rule, match, namespace));
      }
    }
    if (matches.isEmpty()) {
      rules.add(ruleForAll(rule, namespace));
    }
    if (rules.isEmpty()) {
      callers.passOverRule(rule, namespace);
    }
    return rules;
  }

  private L4Rule ruleForAll(TracedFields rule, String namespace) {
    var sources = new Sources.Builder();
    return new L4Rule(
        List.of(),
        OptionalInt.empty(),
        ClientMatch.ANY,
        weights.read(rule, namespace, WeightReader.FilterSource.NONE, sources),
        sources.build());
  }

  private L4Rule ruleFor(TracedFields rule, TracedFields match, String namespace) {
    var unsaid = "other meshes do not tell connections apart by addresses";
    match.drop("destinationSubnets", unsaid, "");
    match.drop("sourceSubnet", unsaid, "");
    var sources = new Sources.Builder();
    var names = match.texts("sniHosts");
    for (int i = 0; i < names.size(); i++) {
      sources.add(
          "serverNames[" + i + "]", match.trace().ref(match.pathOf("sniHosts") + "[" + i + "]"));
    }
    var port = MatchReader.portOf(match);
    port.ifPresent(part -> part.tell("port", sources));
    return new L4Rule(
        names,
        port.map(part -> OptionalInt.of(part.value())).orElseGet(OptionalInt::empty),
        clientOf(match, sources),
        weights.read(rule, namespace, WeightReader.FilterSource.NONE, sources),
        sources.build());
  }

  private static ClientMatch clientOf(TracedFields match, Sources.Builder sources) {
    var labels = new TreeMap<String, String>();
    MatchReader.labelsOf(match)
        .forEach(
            (key, label) -> {
              label.tell("client.labels", sources);
              labels.put(key, label.value());
            });
    var namespace = match.text("sourceNamespace");
    if (namespace.isPresent()) {
      sources.add("client.namespace", match.ref("sourceNamespace"));
    }
    return new ClientMatch(namespace.orElse(""), labels);
  }
}
