package io.meshbridge.doctor;

import io.meshbridge.config.BridgeConfig;
import io.meshbridge.spi.Document;
import java.util.List;
import java.util.stream.Stream;

/** All checks. */
public final class Checks {
  private static final List<DocumentCheck> OF_DOCUMENTS =
      List.of(
          new IstioCredentialWithoutSelector(),
          new IstioWildcardWithoutGateway(),
          new IstioCertificateIsNoPath(),
          new IstioPassthroughGateway(),
          new IstioLocalityWithoutOutliers(),
          new IstioStrictWithoutMark(),
          new IstioConfigSourcesWithoutKubernetes(),
          new IstioConfigSourceInPlainText(),
          new IstioRsaKeys(),
          new IstioRsaGatewaySecret(),
          new ExportMark("istio"),
          new ExportedMirror("istio"),
          new LinkerdRefusedFilter(),
          new LinkerdResponseHeadersOfPolicyRoute(),
          new LinkerdIdentityIsLabel(),
          new LinkerdOurObjectOfLink(),
          new LinkerdRetryLimitZero(),
          new LinkerdTimeoutTwice(),
          new LinkerdMissingAuthentication(),
          new ExportMark("linkerd"),
          new ExportedMirror("linkerd"),
          new ConsulL7WithoutHttp(),
          new ConsulRedirectWithSubsets(),
          new ConsulSubsetBehindGateway(),
          new ConsulHashBehindMeshGateway(),
          new ConsulTerminatingGatewaySan(),
          new ConsulTerminatingGatewayInPlainText(),
          new ConsulManagedByKubernetes(),
          new ConsulReapedBySync(),
          new ExportMark("consul"));

  private static final List<ConfigCheck> OF_CONFIGURATION =
      List.of(
          new ConfigSameTrustDomain(),
          new ConfigNetworksApart(),
          new ConfigRsaFacingLinkerd(),
          new ConfigNamespacesMissing(),
          new ConfigAutomaticMembership(),
          new ConfigKafkaInPlainText(),
          new ConfigSingleReplica(),
          new ConfigTokenInPlainText());

  private Checks() {}

  /** What is found in the documents of a mesh, in the order of the checks. */
  public static List<Finding> look(String make, List<Document> documents) {
    var set = new DocumentSet(make, documents);
    return OF_DOCUMENTS.stream()
        .filter(check -> check.trap().make().equals(make))
        .flatMap(check -> check.look(set))
        .toList();
  }

  /** What is found in a configuration. */
  public static List<Finding> look(BridgeConfig config) {
    return OF_CONFIGURATION.stream().flatMap(check -> check.look(config)).toList();
  }

  /** Every trap that is looked for. */
  public static List<Trap> traps() {
    return Stream.concat(OF_DOCUMENTS.stream(), OF_CONFIGURATION.stream())
        .map(Check::trap)
        .toList();
  }
}
