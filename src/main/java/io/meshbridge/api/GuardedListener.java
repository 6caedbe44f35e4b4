package io.meshbridge.api;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;

/** Reads what a caller sends, and refuses what is no message of the method. */
final class GuardedListener<Q, A> extends ServerCall.Listener<Frame> {
  private final GuardedCall<Q, A> call;
  private final ServerCall.Listener<Q> service;
  private boolean hasMessage;
  private boolean ended;

  GuardedListener(GuardedCall<Q, A> call, ServerCall.Listener<Q> service) {
    this.call = call;
    this.service = service;
  }

  @Override
  public void onMessage(Frame frame) {
    if (ended) {
      return;
    }
    if (hasMessage && GuardedService.readsOneMessage(call.getMethodDescriptor())) {
      end(Status.INVALID_ARGUMENT.withDescription("more than one message was sent"));
      return;
    }
    hasMessage = true;
    switch (frame) {
      case Frame.Whole whole -> read(whole);
      case Frame.TooLarge ignored ->
          end(
              Status.RESOURCE_EXHAUSTED.withDescription(
                  "a message must not be larger than " + BodyReader.MAX_BYTES + " bytes"));
      case Frame.Broken ignored ->
          end(Status.INVALID_ARGUMENT.withDescription("the message cannot be unpacked"));
    }
  }

  @Override
  public void onHalfClose() {
    if (ended) {
      return;
    }
    if (!hasMessage && GuardedService.readsOneMessage(call.getMethodDescriptor())) {
      end(Status.INVALID_ARGUMENT.withDescription("no whole message was sent"));
      return;
    }
    guard(service::onHalfClose);
  }

  @Override
  public void onCancel() {
    service.onCancel();
  }

  @Override
  public void onComplete() {
    service.onComplete();
  }

  @Override
  public void onReady() {
    guard(service::onReady);
  }

  /** The connection is done with this call: if it has not been answered, the caller has gone. */
  void over() {
    if (!ended && !call.isClosed()) {
      ended = true;
      service.onCancel();
    }
  }

  private void read(Frame.Whole whole) {
    Q message;
    try {
      message = call.getMethodDescriptor().parseRequest(whole.open());
    } catch (RuntimeException noSuchMessage) {
      end(
          Status.INVALID_ARGUMENT.withDescription(
              "what was sent is no request of " + call.getMethodDescriptor().getFullMethodName()));
      return;
    }
    guard(() -> service.onMessage(message));
  }

  private void guard(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException failed) {
      end(Calls.status(failed));
    }
  }

  private void end(Status status) {
    ended = true;
    call.close(status, new Metadata());
    service.onCancel();
  }
}
