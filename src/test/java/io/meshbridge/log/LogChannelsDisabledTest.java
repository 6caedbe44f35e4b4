package io.meshbridge.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.meshbridge.model.MeshId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = LogChannelsDisabledTest.Nobody.class, restrictToAnnotatedClass = true)
class LogChannelsDisabledTest {
  @Inject StatusSink status;
  @Inject MembersView members;

  @Test
  void contactsNobodyWhenItIsSwitchedOff() {
    assertThatCode(() -> status.send(new MeshId("istio-a"), "v1/status/a", "{}"))
        .doesNotThrowAnyException();

    assertThat(members.complete()).isFalse();
    // The service has been up for the start of all its channels.
    assertThat(Integer.getInteger(Nobody.CALLS, 0)).isZero();
  }

  /** Listens where the brokers should be, and counts who calls. */
  public static final class Nobody implements QuarkusTestResourceLifecycleManager {
    // Test and resource live in two class loaders; a system property is what they share.
    static final String CALLS = "io.meshbridge.log.calls";
    private final AtomicInteger calls = new AtomicInteger();
    private ServerSocket socket;

    @Override
    public Map<String, String> start() {
      try {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
      Thread.ofVirtual().start(this::count);
      return Map.of(
          "kafka.bootstrap.servers", "127.0.0.1:" + socket.getLocalPort(),
          "meshbridge.federation", "off",
          "meshbridge.messaging.enabled", "false",
          "quarkus.http.test-port", "0");
    }

    private void count() {
      try {
        while (true) {
          socket.accept().close();
          System.setProperty(CALLS, Integer.toString(calls.incrementAndGet()));
        }
      } catch (SocketException closed) {
        // Stopped.
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }

    @Override
    public void stop() {
      System.clearProperty(CALLS);
      try {
        socket.close();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }
}
