package io.meshbridge.api;

import io.grpc.MethodDescriptor.Marshaller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What a caller of gRPC sent as one message, before anybody has looked what it says. */
sealed interface Frame {
  /** Its bytes. */
  final class Whole implements Frame {
    private final byte[] bytes;

    private Whole(byte[] bytes) {
      this.bytes = bytes;
    }

    InputStream open() {
      return new ByteArrayInputStream(bytes);
    }
  }

  /** It is larger than a message may be. */
  record TooLarge() implements Frame {}

  /** It could not even be unpacked. */
  record Broken() implements Frame {}

  /** Reads frames, and never fails, since a failure here would end a call without our words. */
  Marshaller<Frame> MARSHALLER =
      new Marshaller<>() {
        @Override
        public Frame parse(InputStream stream) {
          try {
            var bytes = stream.readNBytes(BodyReader.MAX_BYTES + 1);
            return bytes.length > BodyReader.MAX_BYTES ? new TooLarge() : new Whole(bytes);
          } catch (IOException broken) {
            return new Broken();
          }
        }

        @Override
        public InputStream stream(Frame frame) {
          throw new UnsupportedOperationException("frames are only read");
        }
      };
}
