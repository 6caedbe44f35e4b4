package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.L4Rule;
import io.meshbridge.spi.reading.ObjectTrace;
import io.meshbridge.spi.reading.TracedFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads a VirtualService with its delegates, as seen from one service or gateway. */
final class VirtualServiceReader {
  private final PolicyObjects objects;
  private final HttpRuleReader http;
  private final L4RuleReader l4;
  private final Function<VirtualServiceFacts, ObjectTrace> traces;
  private final Callers callers;

  /**
   * Reads for the service that the backends are seen from.
   *
   * @param callers whose requests are meant
   * @param traces one for each object, whoever asks
   */
  VirtualServiceReader(
      Backends backends,
      PolicyObjects objects,
      Callers callers,
      Function<VirtualServiceFacts, ObjectTrace> traces) {
    this.objects = objects;
    this.http = new HttpRuleReader(backends);
    this.l4 = new L4RuleReader(backends, callers);
    this.callers = callers;
    this.traces = traces;
  }

  /** The rules that a VirtualService gives. */
  record Rules(List<HttpRule> http, List<L4Rule> l4) {}

  Rules read(VirtualServiceFacts facts) {
    var spec = specOf(facts, traces.apply(facts));
    readHead(facts, spec);
    var requests = new ArrayList<HttpRule>();
    for (TracedFields rule : spec.objects("http")) {
      requests.addAll(readRule(rule, facts));
    }
    var connections = new ArrayList<L4Rule>();
    for (String list : List.of("tls", "tcp")) {
      for (TracedFields rule : spec.objects(list)) {
        connections.addAll(readConnections(list, rule, facts));
      }
    }
    return new Rules(requests, connections);
  }

  private List<L4Rule> readConnections(String list, TracedFields rule, VirtualServiceFacts facts) {
    var rules = l4.read(rule, facts.key().namespace());
    if (list.equals("tls") && rules.stream().anyMatch(found -> !found.isTls())) {
      rule.trace()
          .error(
              rule.pathOf("match[0].sniHosts"),
              "is missing; a rule for TLS names its server names");
      return rules.stream().filter(L4Rule::isTls).toList();
    }
    return rules;
  }

  private static TracedFields specOf(VirtualServiceFacts facts, ObjectTrace trace) {
    var spec = trace.read(facts.content(), "").object("spec");
    if (!spec.has("http") && !spec.has("tls") && !spec.has("tcp")) {
      trace.error(spec.pathOf("http"), "is missing, and so are tls and tcp");
    }
    return spec;
  }

  private void readHead(VirtualServiceFacts facts, TracedFields spec) {
    boolean mesh = callers.holds(spec, facts.key().namespace()) && !callers.comeIn();
    var hosts = spec.texts("hosts");
    for (int i = 0; i < hosts.size(); i++) {
      if (mesh && hosts.get(i).equals("*")) {
        spec.trace()
            .error(
                spec.pathOf("hosts") + "[" + i + "]",
                "'*' is allowed only behind a gateway; name the host, or bind it to one");
      }
    }
    if (callers.comeIn()) {
      // Which gateways see it is settled by now, and these are its callers.
      spec.texts("exportTo");
    } else {
      loseExports(facts.visibility(), spec);
    }
  }

  static void loseExports(Visibility visibility, TracedFields spec) {
    var exports = spec.texts("exportTo");
    if (visibility == Visibility.PUBLIC) {
      return;
    }
    for (int i = 0; i < exports.size(); i++) {
      spec.trace()
          .lose(
              spec.pathOf("exportTo") + "[" + i + "]",
              Outcome.APPROXIMATED,
              "in other meshes it holds for all callers of the import",
              "");
    }
  }

  private List<HttpRule> readRule(TracedFields rule, VirtualServiceFacts facts) {
    var namespace = facts.key().namespace();
    var matches = new MatchReader(callers, namespace).read(rule);
    if (matches.isEmpty()) {
      callers.passOverRule(rule, namespace);
      return List.of();
    }
    if (rule.has("delegate")) {
      return readDelegate(rule, matches.orElseThrow(), facts);
    }
    return http.read(
        Route.of(rule, namespace), rule.text("name").orElse(""), matches.orElseThrow());
  }

  private List<HttpRule> readDelegate(
      TracedFields root, List<RequestMatch> matches, VirtualServiceFacts facts) {
    var reference = root.object("delegate");
    var name = reference.text("name").orElse("");
    var namespace = reference.text("namespace").orElse("");
    for (String excluded : List.of("route", "redirect")) {
      root.drop(excluded, "stands beside a delegate, which Istio takes", "");
    }
    var key = VirtualServiceFacts.delegateOf(name, namespace, facts.key().namespace());
    var delegate = objects.virtualService(key).filter(found -> isDelegate(found, facts));
    if (delegate.isEmpty()) {
      reference.error(
          "name",
          "there is no VirtualService "
              + key
              + " without hosts that is exported to here; Istio"
              + " leaves the rule out");
      dropRest(root, "belongs to a rule without its delegate");
      return List.of();
    }
    return readBelow(root, matches, facts, delegate.orElseThrow());
  }

  private static boolean isDelegate(VirtualServiceFacts found, VirtualServiceFacts root) {
    return found.hosts().isEmpty()
        && switch (found.visibility()) {
          case PUBLIC -> true;
          case SOME -> found.exportedTo(root.key().namespace());
          case NOBODY -> false;
        };
  }

  private List<HttpRule> readBelow(
      TracedFields root,
      List<RequestMatch> matches,
      VirtualServiceFacts facts,
      VirtualServiceFacts delegate) {
    var spec = specOf(delegate, traces.apply(delegate));
    spec.texts("exportTo");
    spec.drop("gateways", "a delegate holds where its root does", "");
    spec.drop("tls", "a delegate has rules for HTTP alone", "");
    spec.drop("tcp", "a delegate has rules for HTTP alone", "");
    var rules = new ArrayList<HttpRule>();
    var below = spec.objects("http");
    for (TracedFields rule : below) {
      rule.drop("delegate", "a delegate cannot have a delegate of its own", "");
      var route =
          new Route(rule, delegate.key().namespace(), Optional.of(root), facts.key().namespace());
      var both =
          new MatchReader(callers, delegate.key().namespace())
              .read(rule)
              .flatMap(own -> merged(matches, own));
      if (both.isPresent()) {
        rules.addAll(http.read(route, nameOf(root, rule), both.orElseThrow()));
      } else {
        rule.trace()
            .warn(
                rule.pathOf("name"),
                "the rule contradicts the match of " + facts.object() + ", so Istio leaves it out");
        dropRule(rule, "belongs to a rule that contradicts the match of its root");
      }
    }
    Route.INHERITED.stream()
        .filter(section -> below.stream().allMatch(rule -> rule.has(section)))
        .forEach(section -> root.drop(section, "every rule of the delegate says its own", ""));
    return rules;
  }

  /** The matches of a rule below a root's; empty if one of them fits none of the root's. */
  private static Optional<List<RequestMatch>> merged(
      List<RequestMatch> root, List<RequestMatch> leaf) {
    if (root.isEmpty() || leaf.isEmpty()) {
      return Optional.of(root.isEmpty() ? leaf : root);
    }
    var all = new ArrayList<RequestMatch>();
    for (RequestMatch match : leaf) {
      var fitting = root.stream().flatMap(wide -> wide.and(match).stream()).toList();
      if (fitting.isEmpty()) {
        return Optional.empty();
      }
      all.addAll(fitting);
    }
    return Optional.of(all);
  }

  private static String nameOf(TracedFields root, TracedFields rule) {
    var outer = root.text("name").orElse("");
    var inner = rule.text("name").orElse("");
    return outer.isEmpty() || inner.isEmpty() ? outer + inner : outer + "-" + inner;
  }

  private static void dropRest(TracedFields rule, String reason) {
    rule.names().stream()
        .filter(name -> !List.of("match", "delegate", "route", "redirect").contains(name))
        .forEach(name -> rule.drop(name, reason, ""));
  }

  private static void dropRule(TracedFields rule, String reason) {
    rule.names().stream()
        .filter(name -> !name.equals("match"))
        .forEach(name -> rule.drop(name, reason, ""));
  }
}
