package io.meshbridge.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.WritePermit;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Single requests, with the server's answer sorted by what the caller can do about it. The client's
 * own write operations fetch, retry and edit before they send; a precondition needs the request to
 * go out as it was written.
 */
final class ApiRequests {
  private static final String JSON = "application/json";

  private final KubernetesAccess access;

  ApiRequests(KubernetesAccess access) {
    this.access = access;
  }

  /** The object at a path; empty if there is none. */
  Optional<GenericKubernetesResource> get(String path)
      throws MeshUnavailableException, InterruptedException {
    var client = access.client();
    var response = answer(client, "GET", path, JSON, "", WritePermit.ALWAYS);
    if (response.code() == 404) {
      return Optional.empty();
    }
    if (response.code() != 200) {
      throw unavailable("GET " + path, response.code(), statusOf(client, response));
    }
    return Optional.of(parse(client, response));
  }

  /**
   * Writes.
   *
   * @param permit checked right before the request goes out, each time that it does
   */
  WriteResult write(
      String verb,
      String path,
      String contentType,
      Object body,
      ResourceType type,
      WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var client = access.client();
    var response = answer(client, verb, path, contentType, json(client, body), permit);
    return isDone(response)
        ? new WriteResult.Done(KubeObject.of(type, parse(client, response)))
        : refusal(client, verb, path, contentType, response, type);
  }

  /**
   * Deletes.
   *
   * @param live what is deleted: the server answers with the object or with a mere Status, and
   *     neither says more
   * @param permit checked right before the request goes out, each time that it does
   */
  WriteResult delete(
      String path, Object options, ResourceType type, KubeObject live, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var client = access.client();
    var response = answer(client, "DELETE", path, JSON, json(client, options), permit);
    return isDone(response)
        ? new WriteResult.Done(live)
        : refusal(client, "DELETE", path, JSON, response, type);
  }

  private static boolean isDone(HttpResponse<String> response) {
    return response.code() >= 200 && response.code() < 300;
  }

  private static String json(KubernetesClient client, Object body) {
    return client.getKubernetesSerialization().asJson(body);
  }

  private static WriteResult refusal(
      KubernetesClient client,
      String verb,
      String path,
      String contentType,
      HttpResponse<String> response,
      ResourceType type)
      throws MeshUnavailableException {
    int code = response.code();
    var status = statusOf(client, response);
    var message = status.getMessage() == null ? "no reason given" : status.getMessage();
    if (code == 500 && ApiFailures.isExhaustion(message)) {
      return new WriteResult.Denied(message);
    }
    return switch (code) {
      case 409 -> conflict(status, message);
      case 404 -> new WriteResult.Missing(message);
      case 403 ->
          new WriteResult.Denied(
              "missing right to " + verbOf(verb) + " " + type.resource() + ": " + message, true);
      // A JSON patch whose test fails answers 422, like a value that the schema refuses.
      case 422 ->
          contentType.startsWith("application/json-patch")
              ? new WriteResult.Outdated()
              : new WriteResult.Denied(message);
      case 400, 405, 413, 415 -> new WriteResult.Denied(message);
      default -> throw unavailable(verb + " " + path, code, status);
    };
  }

  private static WriteResult conflict(Status status, String message) {
    if ("AlreadyExists".equals(status.getReason())) {
      return new WriteResult.Taken();
    }
    var details = status.getDetails();
    boolean contested =
        details != null
            && details.getCauses() != null
            && details.getCauses().stream()
                .anyMatch(cause -> "FieldManagerConflict".equals(cause.getReason()));
    return contested ? new WriteResult.Contested(message) : new WriteResult.Outdated();
  }

  private static String verbOf(String method) {
    return switch (method) {
      case "POST" -> "create";
      case "PATCH" -> "patch";
      case "DELETE" -> "delete";
      default -> "get";
    };
  }

  /** Waits while the server asks for a pause; what it refused for that it did not do. */
  private HttpResponse<String> answer(
      KubernetesClient client,
      String verb,
      String path,
      String contentType,
      String body,
      WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var throttle = access.throttle();
    long deadline = throttle.deadline();
    while (true) {
      throttle.awaitTurn(deadline);
      permit.check();
      var response = send(client, verb, path, contentType, body);
      if (!throttle.isRefusal(response.code())) {
        return response;
      }
    }
  }

  private static HttpResponse<String> send(
      KubernetesClient client, String verb, String path, String contentType, String body)
      throws MeshUnavailableException, InterruptedException {
    var http = client.getHttpClient();
    var base = client.getConfiguration().getMasterUrl();
    var uri = (base.endsWith("/") ? base : base + "/") + path;
    var builder = http.newHttpRequestBuilder().uri(uri).header("Accept", "application/json");
    var request =
        body.isEmpty() ? builder.build() : builder.method(verb, contentType, body).build();
    try {
      // The client's HTTP layer only has futures; waiting at once makes it a plain call.
      Future<HttpResponse<String>> answer = http.sendAsync(request, String.class);
      return answer.get();
    } catch (ExecutionException failed) {
      throw new MeshUnavailableException(
          verb + " " + path + " failed: " + ApiFailures.reasonOf(failed), failed);
    } catch (KubernetesClientException closed) {
      throw new MeshUnavailableException(
          verb + " " + path + " failed: " + ApiFailures.reasonOf(closed), closed);
    }
  }

  private static MeshUnavailableException unavailable(String what, int code, Status status) {
    return new MeshUnavailableException(what + " answered " + code + ": " + status.getMessage());
  }

  private static GenericKubernetesResource parse(
      KubernetesClient client, HttpResponse<String> response) throws MeshUnavailableException {
    try {
      var resource =
          client
              .getKubernetesSerialization()
              .unmarshal(response.body(), GenericKubernetesResource.class);
      return resource;
    } catch (RuntimeException malformed) {
      throw new MeshUnavailableException(
          "the API server's answer cannot be read: " + ApiFailures.reasonOf(malformed), malformed);
    }
  }

  /** An answer from a proxy in between need not be a Status. */
  private static Status statusOf(KubernetesClient client, HttpResponse<String> response) {
    try {
      var status = client.getKubernetesSerialization().unmarshal(response.body(), Status.class);
      if (status != null && status.getMessage() != null) {
        return status;
      }
    } catch (RuntimeException noStatus) {
      return plainStatus(response);
    }
    return plainStatus(response);
  }

  private static Status plainStatus(HttpResponse<String> response) {
    var status = new Status();
    var body = response.body() == null ? "" : response.body();
    status.setMessage(body.substring(0, Math.min(body.length(), 200)));
    return status;
  }
}
