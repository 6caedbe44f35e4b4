package io.meshbridge.doctor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A service that demands its mesh's own identities is not imported by its address; the more special
 * PeerAuthentication wins.
 */
final class IstioStrictWithoutMark implements DocumentCheck {
  private static final String ROOT = "istio-system";

  @Override
  public Trap trap() {
    return Trap.warning(
        "istio-strict-without-direct-mark",
        "istio",
        "no other mesh has such an identity, so every import is refused",
        "label it meshbridge.io/address: direct if anyone may call its address, and let its port be"
            + " PERMISSIVE");
  }

  @Override
  public Stream<Finding> look(DocumentSet documents) {
    var policies = documents.ofKind("security.istio.io", "PeerAuthentication").toList();
    return documents
        .ofKind("", "Service")
        .filter(service -> service.label("meshbridge.io/export").text().equals("true"))
        .filter(service -> !isDirect(service))
        .flatMap(
            service ->
                policyOf(service, policies)
                    .filter(policy -> policy.spec().at("mtls", "mode").text().equals("STRICT"))
                    .map(policy -> found(service.root().at("metadata", "name"), inWords(policy)))
                    .stream());
  }

  private static boolean isDirect(NativeObject service) {
    return Stream.of(
            service.label("meshbridge.io/address"), service.annotation("meshbridge.io/address"))
        .anyMatch(mark -> mark.text().equals("direct"));
  }

  private static Optional<NativeObject> policyOf(
      NativeObject service, List<NativeObject> policies) {
    var pods = NativeObject.texts(service.spec().at("selector"));
    return first(policies, service.namespace(), policy -> selects(policy, pods))
        .or(() -> first(policies, service.namespace(), policy -> selectorOf(policy).isEmpty()))
        .or(() -> first(policies, ROOT, policy -> selectorOf(policy).isEmpty()));
  }

  private static Optional<NativeObject> first(
      List<NativeObject> policies,
      String namespace,
      java.util.function.Predicate<NativeObject> which) {
    return policies.stream()
        .filter(policy -> policy.namespace().equals(namespace))
        .filter(which)
        .findFirst();
  }

  private static boolean selects(NativeObject policy, Map<String, String> pods) {
    var selector = selectorOf(policy);
    return !selector.isEmpty() && pods.entrySet().containsAll(selector.entrySet());
  }

  private static Map<String, String> selectorOf(NativeObject policy) {
    return NativeObject.texts(policy.spec().at("selector", "matchLabels"));
  }

  private static String inWords(NativeObject policy) {
    return "an exported Service under the STRICT PeerAuthentication "
        + policy.namespace()
        + "/"
        + policy.name();
  }
}
