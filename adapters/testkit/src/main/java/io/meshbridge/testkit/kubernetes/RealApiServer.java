package io.meshbridge.testkit.kubernetes;

import io.meshbridge.testkit.tools.LoopbackPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.awaitility.Awaitility;

/**
 * A kube-apiserver with its etcd, as processes of this test, on loopback, in a folder of its own.
 */
final class RealApiServer implements ApiBackend {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final int ATTEMPTS = 5;

  private interface ServerOnPort {
    Process start(int port) throws IOException;
  }

  private final Path folder;
  private final int port;
  private final String token = UUID.randomUUID().toString();
  private final List<Process> processes = new ArrayList<>();

  /**
   * Starts both binaries of a folder and waits until the server is ready.
   *
   * @param serviceRange the addresses that it gives to Services
   */
  RealApiServer(Path binaries, String serviceRange) {
    try {
      folder = Files.createTempDirectory("meshbridge-api");
      int etcdPort = onFreePort(free -> startEtcd(binaries, free), RealApiServer::listens);
      port =
          onFreePort(
              free -> startApiServer(binaries, etcdPort, serviceRange, free),
              candidate -> listens(candidate) && isReady(candidate));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public String description() {
    return "kube-apiserver with etcd, in " + folder;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String scheme() {
    return "https";
  }

  /** The server's certificate file ends with the little authority that signed it. */
  @Override
  public String caCertificate() {
    try {
      var chain = Files.readString(folder.resolve("certs").resolve("apiserver.crt"));
      return chain.substring(chain.lastIndexOf("-----BEGIN CERTIFICATE-----"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public String token() {
    return token;
  }

  @Override
  public void close() {
    for (Process process : processes.reversed()) {
      process.destroy();
      try {
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException hurried) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
    deleteFolder();
  }

  /** Somebody else may take a port after it was found free; then the server ends at once. */
  private int onFreePort(ServerOnPort server, IntPredicate ready) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int candidate = freePort();
      var process = server.start(candidate);
      Awaitility.await("a server is ready or has ended; see " + folder)
          .atMost(START_LIMIT)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> !process.isAlive() || ready.test(candidate));
      if (process.isAlive()) {
        return candidate;
      }
    }
    throw new IOException("a server ended " + ATTEMPTS + " times; see its log in " + folder);
  }

  private Process startEtcd(Path binaries, int etcdPort) throws IOException {
    var client = "http://127.0.0.1:" + etcdPort;
    var peer = "http://127.0.0.1:" + freePort();
    return start(
        "etcd",
        List.of(
            binaries.resolve("etcd").toString(),
            "--name=default",
            "--data-dir=" + folder.resolve("etcd-data"),
            "--listen-client-urls=" + client,
            "--advertise-client-urls=" + client,
            "--listen-peer-urls=" + peer,
            "--initial-advertise-peer-urls=" + peer,
            "--initial-cluster=default=" + peer,
            "--unsafe-no-fsync"));
  }

  private Process startApiServer(Path binaries, int etcdPort, String serviceRange, int securePort)
      throws IOException {
    var accountKey = folder.resolve("sa.key");
    Files.writeString(accountKey, newKey());
    var tokens = folder.resolve("tokens.csv");
    Files.writeString(tokens, token + ",admin,admin,\"system:masters\"\n");
    return start(
        "kube-apiserver",
        List.of(
            binaries.resolve("kube-apiserver").toString(),
            "--etcd-servers=http://127.0.0.1:" + etcdPort,
            "--bind-address=127.0.0.1",
            "--secure-port=" + securePort,
            "--advertise-address=127.0.0.1",
            "--endpoint-reconciler-type=none",
            "--cert-dir=" + folder.resolve("certs"),
            "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
            "--service-account-key-file=" + accountKey,
            "--service-account-signing-key-file=" + accountKey,
            "--service-cluster-ip-range=" + serviceRange,
            "--authorization-mode=RBAC",
            "--token-auth-file=" + tokens,
            "--disable-admission-plugins=ServiceAccount",
            "--profiling=false"));
  }

  private boolean isReady(int candidate) {
    try (var client = KubernetesTestApi.clientFor(this, candidate)) {
      return client.raw("/readyz").equals("ok");
    } catch (RuntimeException notYet) {
      return false;
    }
  }

  private Process start(String name, List<String> command) throws IOException {
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(folder.resolve(name + ".log").toFile()));
    // Nothing of this leaves the machine, whatever proxy the environment names.
    builder
        .environment()
        .keySet()
        .removeIf(key -> key.toLowerCase(java.util.Locale.ROOT).endsWith("_proxy"));
    var process = builder.start();
    processes.add(process);
    // A test run that is killed must not leave servers behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return process;
  }

  private void deleteFolder() {
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException inUse) {
      throw new UncheckedIOException(inUse);
    }
  }

  private static boolean listens(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    return new LoopbackPorts(new Random()).free();
  }

  private static String newKey() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      var encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
      return "-----BEGIN PRIVATE KEY-----\n"
          + encoder.encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
          + "\n-----END PRIVATE KEY-----\n";
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has RSA", impossible);
    }
  }
}
