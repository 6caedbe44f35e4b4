package io.meshbridge.api;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The end of a call, as the connection knows it. The framework tells a service only of callers that
 * go away before they have said all that they had to say.
 */
final class CallEnd {
  private final AtomicReference<Runnable> then = new AtomicReference<>(() -> {});

  /** What is to be done then. */
  void then(Runnable next) {
    then.set(next);
  }

  /** The answer is complete, or nobody waits for it any more. */
  void reached() {
    then.get().run();
  }
}
