package io.meshbridge.api;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Callable;
import org.jboss.logging.Logger;

/** How calls of gRPC are answered: on threads that may wait, and with a status of theirs. */
final class Calls {
  private static final Logger LOG = Logger.getLogger(Calls.class);

  /** What is told of a bug of ours. */
  static final String FAILED = "the bridge failed to answer; its log says why";

  private Calls() {}

  /** Answers a call with one message, or says why not. */
  static <A> void answer(StreamObserver<A> caller, Callable<A> work) {
    var thread = Thread.ofVirtual().name("grpc-call").unstarted(() -> run(caller, work));
    if (caller instanceof ServerCallStreamObserver<A> call) {
      // Nobody waits any more; and without a handler an answer would then be an exception.
      call.setOnCancelHandler(thread::interrupt);
    }
    thread.start();
  }

  /** What a failure means to a caller. Nothing of the inside is told. */
  static Status status(Throwable failure) {
    if (failure instanceof StatusRuntimeException ours) {
      return ours.getStatus();
    }
    return Refusal.of(failure)
        .map(Refusal::status)
        .orElseGet(
            () -> {
              LOG.errorf(failure, "call failed error=%s", failure);
              return Status.INTERNAL.withDescription(FAILED);
            });
  }

  private static <A> void run(StreamObserver<A> caller, Callable<A> work) {
    A answer;
    try {
      answer = work.call();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      caller.onError(Status.CANCELLED.asRuntimeException());
      return;
    } catch (Exception failed) {
      caller.onError(status(failed).asRuntimeException());
      return;
    }
    caller.onNext(answer);
    caller.onCompleted();
  }
}
