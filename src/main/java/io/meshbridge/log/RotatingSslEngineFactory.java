package io.meshbridge.log;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jboss.logging.Logger;

/**
 * TLS towards brokers with certificates that change while the client lives: whenever a connection
 * is made, the files are looked at, and read again if they are other ones. So nobody has to make a
 * new client, which as a producer would fence the one before it.
 *
 * <p>Passwords may stand in files, so that they change together with what they protect; they are
 * named by the keys of {@link #PASSWORD_FILES}. Files that cannot be used, such as those of which
 * only one is new yet, change nothing: what was read last is used until they can be.
 *
 * <p>Kafka makes one for each client, by {@code ssl.engine.factory.class}.
 */
@RegisterForReflection
public final class RotatingSslEngineFactory implements SslEngineFactory {
  /** The keys that name files with passwords, and the settings whose values they hold. */
  static final Map<String, String> PASSWORD_FILES =
      Map.of(
          "ssl.keystore.password.file", SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG,
          "ssl.key.password.file", SslConfigs.SSL_KEY_PASSWORD_CONFIG,
          "ssl.truststore.password.file", SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG);

  private static final Set<String> STORES =
      Set.of(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG);
  private static final Logger LOG = Logger.getLogger(RotatingSslEngineFactory.class);

  private final Map<String, Object> settings = new HashMap<>();
  private SslEngineFactory current = new DefaultSslEngineFactory();
  // What stood in the files when they were looked at last, whether it could be used or not.
  private Map<Path, ByteBuffer> seen = Map.of();

  /**
   * Reads the files for the first time.
   *
   * @throws KafkaException if they cannot be used
   */
  @Override
  public synchronized void configure(Map<String, ?> configs) {
    settings.putAll(configs);
    seen = contents();
    current = load();
  }

  @Override
  public SSLEngine createClientSslEngine(
      String peerHost, int peerPort, String endpointIdentification) {
    return upToDate().createClientSslEngine(peerHost, peerPort, endpointIdentification);
  }

  @Override
  public SSLEngine createServerSslEngine(String peerHost, int peerPort) {
    return upToDate().createServerSslEngine(peerHost, peerPort);
  }

  /** Never: it is not made anew, it changes. */
  @Override
  public boolean shouldBeRebuilt(Map<String, Object> nextConfigs) {
    return false;
  }

  @Override
  public Set<String> reconfigurableConfigs() {
    return Set.of();
  }

  @Override
  public KeyStore keystore() {
    return upToDate().keystore();
  }

  @Override
  public KeyStore truststore() {
    return upToDate().truststore();
  }

  @Override
  public synchronized void close() throws IOException {
    current.close();
  }

  private synchronized SslEngineFactory upToDate() {
    try {
      var now = contents();
      if (!now.equals(seen)) {
        seen = now;
        current = load();
        LOG.infof("Kafka certificates renewed client=%s", client());
      }
    } catch (KafkaException unusable) {
      LOG.warnf(
          "Kafka certificates cannot be renewed, the former are kept client=%s reason=%s",
          client(), unusable.getMessage());
    }
    return current;
  }

  private SslEngineFactory load() {
    var complete = new HashMap<>(settings);
    PASSWORD_FILES.forEach(
        (key, setting) ->
            file(key).ifPresent(file -> complete.put(setting, SecretFile.password(file))));
    var factory = new DefaultSslEngineFactory();
    factory.configure(complete);
    return factory;
  }

  private Object client() {
    return Objects.requireNonNullElse(settings.get(CommonClientConfigs.CLIENT_ID_CONFIG), "");
  }

  private Map<Path, ByteBuffer> contents() {
    return Stream.concat(STORES.stream(), PASSWORD_FILES.keySet().stream())
        .flatMap(key -> file(key).stream())
        .distinct()
        .collect(Collectors.toMap(Function.identity(), SecretFile::bytes));
  }

  private Optional<Path> file(String key) {
    return Optional.ofNullable(settings.get(key))
        .map(String::valueOf)
        .filter(named -> !named.isBlank())
        .map(Path::of);
  }
}
