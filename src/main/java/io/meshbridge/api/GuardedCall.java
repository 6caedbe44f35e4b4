package io.meshbridge.api;

import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * A call as its service sees it: of its own messages. It ends once, and whatever ends it, nothing
 * of the inside is told.
 */
final class GuardedCall<Q, A> extends ServerCall<Q, A> {
  private static final Logger LOG = Logger.getLogger(GuardedCall.class);

  private final ServerCall<Frame, A> outer;
  private final MethodDescriptor<Q, A> method;
  private final AtomicBoolean closed = new AtomicBoolean();

  GuardedCall(ServerCall<Frame, A> outer, MethodDescriptor<Q, A> method) {
    this.outer = outer;
    this.method = method;
  }

  @Override
  public void request(int numMessages) {
    outer.request(numMessages);
  }

  @Override
  public void sendHeaders(Metadata headers) {
    if (!closed.get()) {
      outer.sendHeaders(headers);
    }
  }

  @Override
  public void sendMessage(A message) {
    if (!closed.get()) {
      outer.sendMessage(message);
    }
  }

  @Override
  public void close(Status status, Metadata trailers) {
    if (closed.compareAndSet(false, true)) {
      outer.close(told(status), trailers);
    }
  }

  /** Whether it was ended from this side. */
  boolean isClosed() {
    return closed.get();
  }

  @Override
  public boolean isReady() {
    return outer.isReady();
  }

  @Override
  public boolean isCancelled() {
    return closed.get() || outer.isCancelled();
  }

  @Override
  public void setCompression(String compressor) {
    outer.setCompression(compressor);
  }

  @Override
  public void setMessageCompression(boolean enabled) {
    outer.setMessageCompression(enabled);
  }

  @Override
  public Attributes getAttributes() {
    return outer.getAttributes();
  }

  @Override
  public MethodDescriptor<Q, A> getMethodDescriptor() {
    return method;
  }

  private Status told(Status status) {
    boolean isBug =
        status.getCode() == Status.Code.UNKNOWN || status.getCode() == Status.Code.INTERNAL;
    if (!isBug) {
      return status;
    }
    LOG.errorf(
        status.getCause(), "call failed method=%s status=%s", method.getFullMethodName(), status);
    return Status.INTERNAL.withDescription(Calls.FAILED);
  }
}
