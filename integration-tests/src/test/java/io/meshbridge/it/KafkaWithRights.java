package io.meshbridge.it;

import io.meshbridge.testkit.tls.TestAuthority;
import io.meshbridge.testkit.tools.LoopbackPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * A broker that knows its clients by their certificates, and lets each do what it has been given
 * the right to, and nothing else.
 */
final class KafkaWithRights implements AutoCloseable {
  static final String PASSWORD = "the password of a key store";

  private final Path folder;
  private final TestAuthority authority = new TestAuthority("clients");
  private final LoopbackPorts ports = new LoopbackPorts(new Random());
  private final int port;
  private final KafkaBroker broker;
  private final Admin admin;

  /** Starts it; nobody has a right yet. */
  KafkaWithRights(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    this.port = ports.free();
    Files.createDirectories(folder);
    Files.writeString(passwordFile(), PASSWORD);
    Files.writeString(trustFile(), authority.pem());
    var own = Files.writeString(folder.resolve("broker.pem"), authority.issue("broker").pem());
    this.broker =
        KafkaBroker.start(
            folder,
            ports,
            new KafkaBroker.TlsListener(SecurityProtocol.SSL, port, port, own, trustFile()),
            Map.of(
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                // The listener without TLS, which knows nobody: for those who look from behind.
                "super.users",
                "User:ANONYMOUS"));
    this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  /** For those who look from behind: without TLS, and with every right. */
  KafkaBroker broker() {
    return broker;
  }

  /** The same, as a client. */
  Admin admin() {
    return admin;
  }

  void give(Collection<AclBinding> rights) throws Exception {
    admin.createAcls(rights).all().get(10, TimeUnit.SECONDS);
  }

  /** What Kafka's clients need to be this user. */
  Map<String, String> settingsOf(String user) throws IOException {
    var store = folder.resolve(user + ".p12");
    Files.write(store, authority.issue(user).pkcs12(PASSWORD));
    var settings = new TreeMap<String, String>();
    settings.put("bootstrap.servers", LoopbackPorts.ADDRESS + ":" + port);
    settings.put("security.protocol", "SSL");
    settings.put("ssl.keystore.type", "PKCS12");
    settings.put("ssl.keystore.location", store.toString());
    settings.put("ssl.keystore.password.file", passwordFile().toString());
    settings.put("ssl.truststore.type", "PEM");
    settings.put("ssl.truststore.location", trustFile().toString());
    return settings;
  }

  /** A configuration of this user, who makes neither topics nor members by the way. */
  BridgeConfiguration as(String user, BridgeConfiguration configuration) throws IOException {
    var changed =
        configuration
            .with("meshbridge.membership.automatic", "false")
            .with("meshbridge.kafka.create-topics", "false");
    for (var setting : settingsOf(user).entrySet()) {
      changed = changed.with("kafka." + setting.getKey(), setting.getValue());
    }
    return changed;
  }

  private Path passwordFile() {
    return folder.resolve("store.password");
  }

  private Path trustFile() {
    return folder.resolve("ca.pem");
  }

  @Override
  public void close() {
    admin.close();
    broker.close();
  }
}
