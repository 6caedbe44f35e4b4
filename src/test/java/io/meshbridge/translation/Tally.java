package io.meshbridge.translation;

import java.util.concurrent.atomic.AtomicInteger;

/** What a property met, for the reader of the build. */
final class Tally {
  private final String what;
  private final AtomicInteger cases = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger same = new AtomicInteger();
  private final AtomicInteger foretold = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  Tally(String what) {
    this.what = what;
  }

  void aCase() {
    cases.incrementAndGet();
  }

  void aRefusal() {
    refused.incrementAndGet();
  }

  void aRequest(boolean isSame) {
    requests.incrementAndGet();
    (isSame ? same : foretold).incrementAndGet();
  }

  void print() {
    System.out.println(
        "[measured] "
            + what
            + ": "
            + cases
            + " translations ("
            + refused
            + " refused), "
            + requests
            + " requests, "
            + same
            + " with equal outcome, "
            + foretold
            + " with a difference that was foretold");
  }
}
