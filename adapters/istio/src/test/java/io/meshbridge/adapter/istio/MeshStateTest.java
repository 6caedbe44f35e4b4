package io.meshbridge.adapter.istio;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.adapter.istio.traffic.DestinationRuleFacts;
import io.meshbridge.adapter.istio.traffic.HostNames;
import io.meshbridge.adapter.istio.traffic.VirtualServiceFacts;
import io.meshbridge.adapter.kubernetes.FeedEvent;
import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.Problems;
import io.meshbridge.adapter.kubernetes.ReadResult;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.ServiceFacts;
import io.meshbridge.model.Loss;
import io.meshbridge.spi.Offer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MeshStateTest {
  private static final IstioSettings SETTINGS =
      new IstioSettings(
          "imports",
          true,
          "istio-system",
          "cluster.local",
          "",
          IstioSettings.DEFAULT_INGRESS_PODS,
          false);
  private static final HostNames NAMES = new HostNames("cluster.local");
  private static final ResourceKey WEB = new ResourceKey("shop", "web");
  private static final ResourceKey CART = new ResourceKey("shop", "cart");
  private static final ResourceKey KEYS = new ResourceKey("vault", "keys");

  private final MeshState state = new MeshState(SETTINGS, new MeshFacts(Cluster.MESH, ""));

  @BeforeEach
  void listWhatEveryMeshHas() {
    state
        .services()
        .takeServices(listed(Map.of(WEB, service(WEB), CART, service(CART), KEYS, service(KEYS))));
    state.services().takeSlices(listed(Map.of()));
    state.takeEntries(listed(Map.of()));
    state.takePolicies(listed(Map.of()));
    state.takeDirty();
  }

  @Test
  void waitsForPoliciesSoThatNobodyIsOfferedWithoutHis() {
    assertThat(state.isComplete()).isFalse();

    listPolicies();

    assertThat(state.isComplete()).isTrue();
  }

  @Test
  void aMeshWhosePoliciesMayNotBeReadIsOfferedWithoutThem() {
    state.traffic().takeRoutes(new FeedEvent.Failed<>("forbidden", true));
    state.traffic().takeRules(new FeedEvent.Failed<>("forbidden", true));
    state.traffic().takePods(new FeedEvent.Failed<>("forbidden", true));
    state.traffic().takeGateways(new FeedEvent.Failed<>("forbidden", true));
    state.traffic().takeApiGateways(new FeedEvent.Failed<>("forbidden", true));

    assertThat(state.isComplete()).isTrue();
    assertThat(state.obstacle()).isEmpty();
    assertThat(offerOf(WEB).traffic().isNone()).isTrue();
  }

  @Test
  void aReadOfPoliciesThatFailsIsNotTakenForThatThereAreNone() {
    state.traffic().takeRoutes(new FeedEvent.Failed<>("connection refused"));
    assertThat(state.isComplete()).isFalse();
    assertThat(state.obstacle()).contains("connection refused");

    listPolicies();
    state.traffic().takeRoutes(changed(route("shop", "web", "web")));
    state.traffic().takeRoutes(new FeedEvent.Failed<>("forbidden", true));

    assertThat(state.obstacle()).contains("forbidden");
    assertThat(offerOf(WEB).traffic().http()).hasSize(1);
  }

  @Test
  void aRouteTouchesTheServicesOfItsHostsAndNoOthers() {
    listPolicies();

    state.traffic().takeRoutes(changed(route("shop", "web", "web")));
    assertThat(state.takeDirty()).containsExactly(WEB);

    state.traffic().takeRoutes(changed(route("shop", "web", "cart")));
    assertThat(state.takeDirty()).containsExactly(CART, WEB);

    state.traffic().takeRoutes(changed(route("any", "all", "*.shop.svc.cluster.local")));
    assertThat(state.takeDirty()).containsExactly(CART, WEB);
  }

  @Test
  void aDelegateTouchesTheServicesOfItsRoot() {
    listPolicies();
    var root =
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: root, namespace: shop}
        spec: {hosts: [web], http: [{delegate: {name: below}}]}
        """;
    state.traffic().takeRoutes(changed(facts(root)));
    state.takeDirty();

    state
        .traffic()
        .takeRoutes(
            changed(
                facts(
                    """
                    apiVersion: networking.istio.io/v1
                    kind: VirtualService
                    metadata: {name: below, namespace: shop}
                    spec: {http: [{route: [{destination: {host: cart}}]}]}
                    """)));

    assertThat(state.takeDirty()).containsExactly(WEB);
    assertThat(offerOf(WEB).traffic().http()).hasSize(1);
  }

  @Test
  void aRuleTouchesItsServiceAndThoseThatSendRequestsThere() {
    listPolicies();
    state.traffic().takeRoutes(changed(route("shop", "web", "web")));
    state.takeDirty();

    state.traffic().takeRules(changed(rule("cart")));

    assertThat(state.takeDirty()).containsExactly(CART, WEB);
  }

  @Test
  void tellsThatSubsetsHaveNoEndpointsWhilePodsMayNotBeRead() {
    state.traffic().takeRoutes(listed(Map.of()));
    state.traffic().takeRules(changed(rule("web")));
    state.traffic().takePods(new FeedEvent.Failed<>("forbidden", true));
    state.traffic().takeGateways(new FeedEvent.Failed<>("forbidden", true));
    state.traffic().takeApiGateways(new FeedEvent.Failed<>("forbidden", true));

    assertThat(offerOf(WEB).losses())
        .extracting(Loss::path)
        .containsExactly("spec.subsets[0].labels.version");
  }

  private void listPolicies() {
    state.traffic().takeRoutes(listed(Map.of()));
    state.traffic().takeRules(listed(Map.of()));
    state.traffic().takePods(listed(Map.of()));
    state.traffic().takeGateways(listed(Map.of()));
    state.traffic().takeApiGateways(listed(Map.of()));
  }

  private Offer offerOf(ResourceKey key) {
    return ((ReadResult.Readable) state.read(key, Cluster.MESH)).offer();
  }

  private static <T> FeedEvent<T> listed(Map<ResourceKey, T> objects) {
    return new FeedEvent.Listed<>(objects, "1");
  }

  private static FeedEvent<VirtualServiceFacts> changed(VirtualServiceFacts facts) {
    return new FeedEvent.Changed<>(facts.key(), facts);
  }

  private static FeedEvent<DestinationRuleFacts> changed(DestinationRuleFacts facts) {
    return new FeedEvent.Changed<>(facts.key(), facts);
  }

  private static VirtualServiceFacts route(String namespace, String name, String host) {
    return facts(
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: %s, namespace: %s}
        spec: {hosts: ["%s"], http: [{route: [{destination: {host: cart.shop.svc.cluster.local}}]}]}
        """
            .formatted(name, namespace, host));
  }

  private static DestinationRuleFacts rule(String host) {
    return DestinationRuleFacts.of(
        object(
            """
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: rule, namespace: shop}
            spec: {host: %s, subsets: [{name: v1, labels: {version: v1}}]}
            """
                .formatted(host)),
        NAMES);
  }

  private static VirtualServiceFacts facts(String text) {
    return VirtualServiceFacts.of(object(text), NAMES);
  }

  private static ServiceFacts service(ResourceKey key) {
    return ServiceFacts.of(
        object(
            """
            apiVersion: v1
            kind: Service
            metadata: {name: %s, namespace: %s, labels: {meshbridge.io/export: "true"}}
            spec: {ports: [{name: http, port: 80}]}
            """
                .formatted(key.name(), key.namespace())));
  }

  private static KubeObject object(String text) {
    return KubeObject.of(List.copyOf(Manifest.of(text)).getFirst().content(), Problems.NONE)
        .orElseThrow();
  }
}
