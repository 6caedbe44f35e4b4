package io.meshbridge.api;

import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** Calls the door by gRPC, as a client that does not know what it may send. */
final class GrpcClient implements AutoCloseable {
  private static final MethodDescriptor.Marshaller<byte[]> BYTES =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
          return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
          try {
            return stream.readAllBytes();
          } catch (IOException broken) {
            throw new UncheckedIOException(broken);
          }
        }
      };

  private final ManagedChannel channel;

  GrpcClient(URI door) {
    this(ManagedChannelBuilder.forAddress(door.getHost(), door.getPort()).usePlaintext(), "");
  }

  GrpcClient(URI door, String token) {
    this(ManagedChannelBuilder.forAddress(door.getHost(), door.getPort()).usePlaintext(), token);
  }

  private GrpcClient(ManagedChannelBuilder<?> builder, String token) {
    var headers = new Metadata();
    if (!token.isEmpty()) {
      headers.put(
          Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    }
    this.channel = builder.intercept(MetadataUtils.newAttachHeadersInterceptor(headers)).build();
  }

  ManagedChannel channel() {
    return channel;
  }

  /** What a method answers to some bytes: at most one message of it, or how it ends. */
  Status.Code call(String method, byte[] message) {
    return outcome(method, message).getCode();
  }

  /** The same with its words. */
  Status outcome(String method, byte[] message) {
    var descriptor =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setFullMethodName(method)
            .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
            .setRequestMarshaller(BYTES)
            .setResponseMarshaller(BYTES)
            .build();
    var options = CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS);
    // A watch goes on for ever and is dropped after its first message.
    var call = Context.current().withCancellation();
    var before = call.attach();
    try {
      var answers = ClientCalls.blockingServerStreamingCall(channel, descriptor, options, message);
      while (answers.hasNext()) {
        answers.next();
        if (method.endsWith("/Watch")) {
          break;
        }
      }
      return Status.OK;
    } catch (StatusRuntimeException refused) {
      return refused.getStatus();
    } finally {
      call.detach(before);
      call.cancel(null);
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
