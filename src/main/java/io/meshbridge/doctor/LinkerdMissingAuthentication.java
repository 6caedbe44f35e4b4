package io.meshbridge.doctor;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A policy whose authentication is missing is no policy: who then may call depends on defaults. */
final class LinkerdMissingAuthentication implements DocumentCheck {
  private static final Set<String> AUTHENTICATIONS =
      Set.of("MeshTLSAuthentication", "NetworkAuthentication");

  @Override
  public Trap trap() {
    return Trap.warning(
        "linkerd-missing-authentication",
        "linkerd",
        "Linkerd passes the policy over: everybody is let in unless the default denies",
        "write the authentication before the policy");
  }

  @Override
  public Stream<Finding> look(DocumentSet documents) {
    var known =
        documents
            .objects()
            .filter(object -> AUTHENTICATIONS.contains(object.kind()))
            .map(object -> object.kind() + " " + object.namespace() + "/" + object.name())
            .collect(Collectors.toSet());
    return documents
        .ofKind("policy.linkerd.io", "AuthorizationPolicy")
        .flatMap(policy -> missing(policy, known));
  }

  private Stream<Finding> missing(NativeObject policy, Set<String> known) {
    return policy
        .spec()
        .at("requiredAuthenticationRefs")
        .items()
        .filter(ref -> AUTHENTICATIONS.contains(ref.at("kind").text()))
        .filter(ref -> !known.contains(reference(ref, policy.namespace())))
        .map(
            ref ->
                found(
                    ref,
                    "a policy that needs "
                        + reference(ref, policy.namespace())
                        + ", which is not here"));
  }

  private static String reference(Part ref, String namespace) {
    var own = ref.at("namespace").text();
    return ref.at("kind").text()
        + " "
        + (own.isEmpty() ? namespace : own)
        + "/"
        + ref.at("name").text();
  }
}
