package io.meshbridge.adapter.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;

/** Says a failure of the Kubernetes API in words for people. */
final class ApiFailures {
  private ApiFailures() {}

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
