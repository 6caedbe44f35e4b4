package io.meshbridge.adapter.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.regex.Pattern;

/** Says a failure of the Kubernetes API in words for people. */
final class ApiFailures {
  private static final Pattern EXHAUSTION =
      Pattern.compile("range is full|failed to allocate [^:]*IP\\b(?!.*not ready)");

  private ApiFailures() {}

  /**
   * Whether the cluster has no address left for another Service. The server calls it an internal
   * error, but trying again does not mend it.
   */
  static boolean isExhaustion(String message) {
    return EXHAUSTION.matcher(message).find();
  }

  /** What the server answered, else what went wrong underneath. */
  static String reasonOf(Throwable failure) {
    if (failure instanceof KubernetesClientException answer && answer.getStatus() != null) {
      return answer.getCode() + " " + answer.getStatus().getMessage();
    }
    var deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
  }
}
