package io.meshbridge.adapter.kubernetes.gatewayapi;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a make of mesh does where the Gateway API leaves it open, or where it does less.
 *
 * @param mesh its name, for people
 * @param ruleFilters the filters of rules that it knows; a route with another one has no effect
 * @param backendFilters the filters of backends that it knows
 * @param regexRanksWithExact whether a path's regular expression comes before all prefixes, as an
 *     exact path does; else it comes after them
 * @param equalPathsTie whether a prefix that is the whole path of a request is worth as much as the
 *     exact path, so that the method and the headers decide
 * @param removesHeadersLast whether headers are added, then set, then removed; else removed, then
 *     set, then added
 * @param bareRuleMeansService whether a rule without backends leaves requests to the Service; else
 *     it answers with an error
 * @param readsHostnames whether hostnames restrict the requests to a Service
 * @param mergesConsumers whether a namespace's own routes stand beside those of the Service's
 *     owner; else they take their place there
 * @param triesHaveTimeouts whether {@code timeouts.backendRequest} is acted on; in a rule that does
 *     not retry it is then the timeout of the request
 * @param schemeMeansPort whether a redirect to another host that names a scheme and no port leads
 *     to the usual port of the scheme; else a port that the request names stays
 * @param readsRetries whether {@code retry} and {@code sessionPersistence} are acted on
 * @param methodRegex whether a GRPCRoute may match by regular expression
 * @param oneTcpRule whether a TCPRoute with several rules is refused; else its first one counts
 */
public record RouteDialect(
    String mesh,
    Set<FilterType> ruleFilters,
    Set<FilterType> backendFilters,
    boolean regexRanksWithExact,
    boolean equalPathsTie,
    boolean removesHeadersLast,
    boolean bareRuleMeansService,
    boolean readsHostnames,
    boolean mergesConsumers,
    boolean triesHaveTimeouts,
    boolean schemeMeansPort,
    boolean readsRetries,
    boolean methodRegex,
    boolean oneTcpRule) {

  /** As istiod reads routes (its {@code pilot/pkg/config/kube/gateway/conversion.go}). */
  public static final RouteDialect ISTIO =
      new RouteDialect(
          "Istio",
          EnumSet.complementOf(EnumSet.of(FilterType.EXTENSION_REF)),
          EnumSet.of(FilterType.REQUEST_HEADER_MODIFIER, FilterType.RESPONSE_HEADER_MODIFIER),
          false,
          false,
          false,
          false,
          false,
          false,
          true,
          true,
          true,
          true,
          false);

  /**
   * As Linkerd's policy controller and proxy read them ({@code outbound/index/http.rs} and {@code
   * linkerd/http/route}).
   */
  public static final RouteDialect LINKERD =
      new RouteDialect(
          "Linkerd",
          EnumSet.of(
              FilterType.REQUEST_HEADER_MODIFIER,
              FilterType.RESPONSE_HEADER_MODIFIER,
              FilterType.REQUEST_REDIRECT),
          EnumSet.of(
              FilterType.REQUEST_HEADER_MODIFIER,
              FilterType.RESPONSE_HEADER_MODIFIER,
              FilterType.REQUEST_REDIRECT),
          true,
          true,
          true,
          true,
          true,
          true,
          false,
          false,
          false,
          false,
          true);

  /**
   * As the Gateway API has it, for a gateway of which nothing else is known: Linkerd leaves it to
   * others to let people in.
   */
  public static final RouteDialect GATEWAY =
      new RouteDialect(
          "Meshbridge",
          EnumSet.complementOf(EnumSet.of(FilterType.EXTENSION_REF)),
          EnumSet.complementOf(EnumSet.of(FilterType.EXTENSION_REF)),
          false,
          false,
          false,
          false,
          true,
          false,
          true,
          true,
          true,
          true,
          false);

  /** Copies. */
  public RouteDialect {
    ruleFilters = Set.copyOf(ruleFilters);
    backendFilters = Set.copyOf(backendFilters);
  }
}
