package io.meshbridge.testkit.kubernetes;

import io.fabric8.mockwebserver.http.MockResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** The requests that came over the line, and which of those to come are refused. */
final class LineRequests {
  private final ReentrantLock lock = new ReentrantLock();
  // All guarded by the lock.
  private final List<String> all = new ArrayList<>();
  private Refusal refusal = new Refusal(request -> false, 0, "");
  private int left;

  /**
   * What some requests are answered.
   *
   * @param of which, each as {@code METHOD path?parameters}
   * @param code such as 429
   * @param retryAfter the header; empty for none
   */
  record Refusal(Predicate<String> of, int code, String retryAfter) {}

  /** Refuses as many requests from now on, in place of what was to be refused before. */
  void refuse(Refusal next, int times) {
    lock.lock();
    try {
      refusal = next;
      left = times;
    } finally {
      lock.unlock();
    }
  }

  /** Takes a request down; the answer is empty if it is to be served. */
  Optional<MockResponse> take(String request) {
    lock.lock();
    try {
      all.add(request);
      if (left == 0 || !refusal.of().test(request)) {
        return Optional.empty();
      }
      left--;
      return Optional.of(answer(refusal));
    } finally {
      lock.unlock();
    }
  }

  List<String> all() {
    lock.lock();
    try {
      return List.copyOf(all);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Too much is answered in plain text, by the server's filters before a request comes to an API.
   */
  private static MockResponse answer(Refusal refusal) {
    var response =
        new MockResponse()
            .setResponseCode(refusal.code())
            .setHeader("Content-Type", "text/plain; charset=utf-8");
    if (refusal.code() == 409 || refusal.code() == 403) {
      var error =
          refusal.code() == 409
              ? ApiError.conflict("the object has been modified")
              : ApiError.forbidden("the rights of tests do not reach so far");
      response.setHeader("Content-Type", "application/json").setBody(error.status().toString());
    } else {
      response.setBody("Too many requests, please try again later.\n");
    }
    return refusal.retryAfter().isEmpty()
        ? response
        : response.setHeader("Retry-After", refusal.retryAfter());
  }
}
