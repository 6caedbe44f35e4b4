package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.traffic.Listener;
import io.meshbridge.spi.reading.TracedFields;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which routes may be attached to a listener; by default those of the Gateway's own namespace. */
final class AllowedRoutes {
  private static final String SELECTOR = "selector";

  private final TracedFields namespaces;
  private final String home;
  private final NamespaceLabels labels;
  private final From from;
  private final Optional<NamespaceSelector> selector;
  private final Set<RouteKind> kinds;

  private enum From {
    ALL,
    SELECTED,
    SAME,
    NONE
  }

  private AllowedRoutes(
      TracedFields namespaces,
      String home,
      NamespaceLabels labels,
      From from,
      Optional<NamespaceSelector> selector,
      Set<RouteKind> kinds) {
    this.namespaces = namespaces;
    this.home = home;
    this.labels = labels;
    this.from = from;
    this.selector = selector;
    this.kinds = Set.copyOf(kinds);
  }

  /**
   * Reads what a listener says of them.
   *
   * @param home the namespace of the Gateway
   */
  static AllowedRoutes read(
      SourcedFields allowed, Listener.Kind listener, String home, NamespaceLabels labels) {
    var sourced = allowed.object("namespaces");
    var from = fromOf(sourced);
    var namespaces = sourced.fields();
    if (from != From.SELECTED) {
      namespaces.drop(SELECTOR, "counts only where from is Selector", "");
    } else if (!namespaces.has(SELECTOR)) {
      namespaces.error(SELECTOR, "is missing; from is Selector");
    }
    var selector =
        from == From.SELECTED && namespaces.has(SELECTOR)
            ? Optional.of(NamespaceSelector.of(sourced.object(SELECTOR)))
            : Optional.<NamespaceSelector>empty();
    return new AllowedRoutes(namespaces, home, labels, from, selector, kindsOf(allowed, listener));
  }

  boolean takesKind(Route route) {
    return kinds.contains(route.kind());
  }

  boolean takesNamespace(Route route) {
    var namespace = route.object().key().namespace();
    return switch (from) {
      case ALL -> true;
      case SAME -> namespace.equals(home);
      case NONE -> false;
      case SELECTED -> selector.filter(chosen -> isChosen(chosen, namespace)).isPresent();
    };
  }

  /** Whoever is not known to be let in is kept out. */
  private boolean isChosen(NamespaceSelector chosen, String namespace) {
    var selected = chosen.selects(namespace, labels);
    if (selected.isEmpty()) {
      namespaces
          .trace()
          .lose(
              namespaces.pathOf(SELECTOR),
              Outcome.APPROXIMATED,
              "the labels of Namespace "
                  + namespace
                  + " are not known here, so that its routes are left out",
              "select namespaces by kubernetes.io/metadata.name");
    }
    return selected.orElse(false);
  }

  private static From fromOf(SourcedFields namespaces) {
    var word = namespaces.text("from").orElse("Same");
    return switch (word) {
      case "All" -> From.ALL;
      case "Selector" -> From.SELECTED;
      case "Same" -> From.SAME;
      case "None" -> From.NONE;
      default -> {
        namespaces
            .fields()
            .error("from", "must be All, Selector, Same or None, but is '" + word + "'");
        yield From.NONE;
      }
    };
  }

  private static Set<RouteKind> kindsOf(SourcedFields allowed, Listener.Kind listener) {
    var possible =
        switch (listener) {
          case HTTP, HTTPS -> EnumSet.of(RouteKind.HTTP, RouteKind.GRPC);
          case TLS -> EnumSet.of(RouteKind.TLS);
          case TCP -> EnumSet.of(RouteKind.TCP);
        };
    var declared = allowed.objects("kinds");
    if (declared.isEmpty()) {
      return possible;
    }
    var kinds = EnumSet.noneOf(RouteKind.class);
    for (SourcedFields kind : declared) {
      var group = kind.text("group").orElse(RouteKind.GROUP);
      var found = RouteKind.of(group, kind.text("kind").orElse("")).filter(possible::contains);
      found.ifPresentOrElse(
          kinds::add,
          () ->
              List.of("group", "kind")
                  .forEach(
                      field ->
                          kind.fields()
                              .drop(
                                  field, "no route of this kind is read for such a listener", "")));
    }
    return kinds;
  }
}
