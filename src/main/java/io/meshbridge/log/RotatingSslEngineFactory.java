package io.meshbridge.log;

import io.meshbridge.spi.FileBacked;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

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
  private @Nullable FileBacked<SslEngineFactory> files;

  /**
   * Reads the files for the first time.
   *
   * @throws KafkaException if they cannot be used
   */
  @Override
  public void configure(Map<String, ?> configs) {
    settings.putAll(configs);
    files = new FileBacked<>(fileNames(), this::load, KafkaException.class, new Renewals());
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
  public void close() throws IOException {
    if (files != null) {
      files.now().close();
    }
  }

  private SslEngineFactory upToDate() {
    if (files == null) {
      throw new IllegalStateException("configure comes first");
    }
    return files.now();
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

  private Set<Path> fileNames() {
    return Stream.concat(STORES.stream(), PASSWORD_FILES.keySet().stream())
        .flatMap(key -> file(key).stream())
        .collect(Collectors.toSet());
  }

  private Optional<Path> file(String key) {
    return Optional.ofNullable(settings.get(key))
        .map(String::valueOf)
        .filter(named -> !named.isBlank())
        .map(Path::of);
  }

  private final class Renewals implements FileBacked.Listener {
    @Override
    public void renewed() {
      LOG.infof("Kafka certificates renewed client=%s", client());
    }

    @Override
    public void kept(RuntimeException reason) {
      LOG.warnf(
          "Kafka certificates cannot be renewed, the former are kept client=%s reason=%s",
          client(), reason.getMessage());
    }
  }
}
