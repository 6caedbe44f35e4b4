package io.meshbridge.it;

import static org.awaitility.Awaitility.await;

import io.meshbridge.it.KafkaBroker.TlsListener;
import io.meshbridge.testkit.kubernetes.LoopbackProxy;
import io.meshbridge.testkit.tls.TestAuthority;
import io.meshbridge.testkit.tools.LoopbackPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * A broker behind a line that can be cut, and that lets nobody in without a certificate and a
 * password: the side of those who run it, and the files of a client.
 */
final class KafkaOverTls implements AutoCloseable {
  private static final String ADDRESS = "bootstrap.servers";
  private static final String CLIENT = "meshbridge";
  private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";
  private static final int ITERATIONS = 4096;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path folder;
  private final LoopbackProxy line;
  private final KafkaBroker broker;

  private KafkaOverTls(Path folder, LoopbackProxy line, KafkaBroker broker) {
    this.folder = folder;
    this.line = line;
    this.broker = broker;
  }

  /** Starts one that trusts an authority, which has also signed its own certificate. */
  static KafkaOverTls start(Path folder, TestAuthority authority)
      throws IOException, InterruptedException {
    var ports = new LoopbackPorts(new Random());
    int port = ports.free();
    var own = Files.writeString(folder.resolve("broker.pem"), authority.issue("broker").pem());
    var trusted = Files.writeString(folder.resolve("brokers-ca.pem"), authority.pem());
    var line = new LoopbackProxy(port);
    try {
      var broker =
          KafkaBroker.start(
              Federation.workFolder("kafka-over-tls"),
              ports,
              new TlsListener(SecurityProtocol.SASL_SSL, port, line.port(), own, trusted),
              Map.of(
                  // One, since each takes on new trust by itself, some time after the other.
                  "num.network.threads",
                  "1",
                  TlsListener.PREFIX + "sasl.enabled.mechanisms",
                  "SCRAM-SHA-512",
                  TlsListener.PREFIX + "scram-sha-512.sasl.jaas.config",
                  SCRAM + " required;"));
      return new KafkaOverTls(folder, line, broker);
    } catch (IOException | InterruptedException | RuntimeException failed) {
      line.close();
      throw failed;
    }
  }

  /** For those who look from behind: without TLS. */
  KafkaBroker broker() {
    return broker;
  }

  /** Of a client that shows the certificate that it was given last. */
  Map<String, String> clientSettings() {
    var settings = new TreeMap<>(connection(keyStore()));
    settings.put("ssl.keystore.password.file", passwordFile().toString());
    settings.put("sasl.client.callback.handler.class", "io.meshbridge.log.FileCredentials");
    settings.put(
        "sasl.jaas.config",
        "%s required username=\"%s\" password-file=\"%s\";"
            .formatted(SCRAM, CLIENT, saslPasswordFile()));
    return settings;
  }

  /** Gives the client another password, which from now on is the one that is taken. */
  void givePassword(String password) throws Exception {
    Files.writeString(saslPasswordFile(), password + "\n");
    var scram = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS);
    try (var admin = Admin.create(Map.of(ADDRESS, broker.bootstrapServers()))) {
      admin
          .alterUserScramCredentials(
              List.of(new UserScramCredentialUpsertion(CLIENT, scram, password)))
          .all()
          .get(10, TimeUnit.SECONDS);
    }
  }

  /** Puts a certificate of an authority in the place of the client's, under another password. */
  void giveCertificate(TestAuthority authority, String password) throws IOException {
    Files.writeString(passwordFile(), password + "\n");
    Files.write(keyStore(), authority.issue(CLIENT).pkcs12(password));
  }

  /**
   * From now on, nobody else's certificates are taken, of those who connect.
   *
   * @param password one that is taken, to see whether it is so
   */
  void trustOnly(TestAuthority authority, String password) throws Exception {
    var file = Files.writeString(folder.resolve("brokers-other-ca.pem"), authority.pem());
    var change =
        new AlterConfigOp(
            new ConfigEntry(TlsListener.TRUSTED, file.toString()), AlterConfigOp.OpType.SET);
    var thisBroker = new ConfigResource(ConfigResource.Type.BROKER, "1");
    try (var admin = Admin.create(Map.of(ADDRESS, broker.bootstrapServers()))) {
      admin
          .incrementalAlterConfigs(Map.of(thisBroker, List.of(change)))
          .all()
          .get(10, TimeUnit.SECONDS);
    }
    // The broker that has said so has yet to do it.
    await().atMost(PATIENCE).until(() -> refusal(authority, password).isEmpty());
  }

  void cutConnections() {
    line.cut();
  }

  /** Why a client is not let in that shows such a certificate and such a password. */
  Optional<Throwable> refusal(TestAuthority authority, String password)
      throws IOException, InterruptedException, TimeoutException {
    var store = Files.write(folder.resolve("other.p12"), authority.issue(CLIENT).pkcs12(password));
    var settings = new TreeMap<String, Object>(connection(store));
    settings.put("ssl.keystore.password", password);
    settings.put(
        "sasl.jaas.config",
        "%s required username=\"%s\" password=\"%s\";".formatted(SCRAM, CLIENT, password));
    try (var admin = Admin.create(settings)) {
      admin.describeCluster().nodes().get(10, TimeUnit.SECONDS);
      return Optional.empty();
    } catch (ExecutionException refused) {
      return Optional.of(refused.getCause());
    }
  }

  @Override
  public void close() {
    broker.close();
    line.close();
  }

  private Map<String, String> connection(Path keyStore) {
    return Map.of(
        ADDRESS,
        LoopbackPorts.ADDRESS + ":" + line.port(),
        "security.protocol",
        "SASL_SSL",
        "sasl.mechanism",
        "SCRAM-SHA-512",
        "ssl.keystore.type",
        "PKCS12",
        "ssl.keystore.location",
        keyStore.toString(),
        "ssl.truststore.type",
        "PEM",
        "ssl.truststore.location",
        folder.resolve("brokers-ca.pem").toString());
  }

  private Path keyStore() {
    return folder.resolve("client.p12");
  }

  private Path saslPasswordFile() {
    return folder.resolve("sasl.password");
  }

  private Path passwordFile() {
    return folder.resolve("client.password");
  }
}
