package io.meshbridge.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.meshbridge.spi.MeshUnavailableException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the objects of a kind once, in pages, and watches nothing. */
final class ObjectLists {
  private static final long PAGE = 500;
  private static final int ATTEMPTS = 3;

  private final KubernetesAccess access;

  /** What the server answers to one question. */
  sealed interface Answer {
    /** All objects. */
    record Listed(List<GenericKubernetesResource> objects) implements Answer {}

    /** The server does not know the kind in this version. */
    record Unknown() implements Answer {}

    /** We have not the right to see it. */
    record Forbidden(String reason) implements Answer {}
  }

  ObjectLists(KubernetesAccess access) {
    this.access = access;
  }

  /** All of a query's objects, or why there are none. */
  Answer read(ResourceQuery query) throws MeshUnavailableException, InterruptedException {
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      var answer = tryRead(query);
      if (answer.isPresent()) {
        return answer.get();
      }
    }
    return tryRead(query)
        .orElseThrow(
            () ->
                new MeshUnavailableException(
                    "cannot read " + query + ": the server forgets pages before they are fetched"));
  }

  /** Empty if the server has forgotten the list while its pages were fetched. */
  private Optional<Answer> tryRead(ResourceQuery query)
      throws MeshUnavailableException, InterruptedException {
    try {
      return Optional.of(new Answer.Listed(pages(query)));
    } catch (KubernetesClientException failure) {
      if (Thread.interrupted() || failure.getCause() instanceof InterruptedException) {
        throw new InterruptedException("stopped reading " + query);
      }
      return switch (failure.getCode()) {
        case HttpURLConnection.HTTP_NOT_FOUND -> Optional.of(new Answer.Unknown());
        case HttpURLConnection.HTTP_FORBIDDEN ->
            Optional.of(new Answer.Forbidden(ApiFailures.reasonOf(failure)));
        case HttpURLConnection.HTTP_GONE -> Optional.empty();
        default ->
            throw new MeshUnavailableException(
                "cannot read " + query + ": " + ApiFailures.reasonOf(failure), failure);
      };
    }
  }

  private List<GenericKubernetesResource> pages(ResourceQuery query)
      throws MeshUnavailableException, InterruptedException {
    var resources = access.client().genericKubernetesResources(query.type().context());
    var operation =
        query.namespace().isEmpty()
            ? resources.inAnyNamespace()
            : resources.inNamespace(query.namespace());
    var options = query.options();
    options.setLimit(PAGE);
    var objects = new ArrayList<GenericKubernetesResource>();
    GenericKubernetesResourceList page;
    do {
      page = access.throttle().patiently(() -> operation.list(options));
      objects.addAll(page.getItems());
      options.setContinue(page.getMetadata().getContinue());
    } while (options.getContinue() != null && !options.getContinue().isEmpty());
    return objects;
  }
}
