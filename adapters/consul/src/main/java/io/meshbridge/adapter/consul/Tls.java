package io.meshbridge.adapter.consul;

import io.meshbridge.spi.FileBacked;
import io.meshbridge.spi.InvalidSettingsException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Whom we trust and who we are when an agent speaks TLS; both may change while we run. */
final class Tls {
  private static final Logger LOG = Logger.getLogger(Tls.class);

  private final @Nullable SSLContext context;
  private final @Nullable X509TrustManager trust;

  private Tls(@Nullable SSLContext context, @Nullable X509TrustManager trust) {
    this.context = context;
    this.trust = trust;
  }

  /** The context to use; empty if the URL is plain HTTP or the platform's own will do. */
  Optional<SSLContext> context() {
    return Optional.ofNullable(context);
  }

  /**
   * Whom the context trusts.
   *
   * @throws IllegalStateException if there is no context
   */
  X509TrustManager trust() {
    if (trust == null) {
      throw new IllegalStateException("there is no TLS context");
    }
    return trust;
  }

  /**
   * Reads the files.
   *
   * @throws InvalidSettingsException naming the file that cannot be used
   */
  static Tls from(ConsulSettings settings) {
    if (!settings.url().getScheme().equals("https")
        || (settings.caFile().isEmpty() && settings.certFile().isEmpty())) {
      return new Tls(null, null);
    }
    var files =
        new FileBacked<>(
            filesOf(settings),
            () -> TlsMaterial.read(settings),
            InvalidSettingsException.class,
            new Renewals(settings.url()));
    var trust = new ChangingTrust(files);
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[] {new ChangingKeys(files)},
          new X509TrustManager[] {trust},
          new SecureRandom());
      return new Tls(context, trust);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform speaks TLS", impossible);
    }
  }

  private static Set<Path> filesOf(ConsulSettings settings) {
    return Stream.of(settings.caFile(), settings.certFile(), settings.keyFile())
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  private record Renewals(URI url) implements FileBacked.Listener {
    @Override
    public void renewed() {
      LOG.infof("certificates for Consul renewed url=%s", url);
    }

    @Override
    public void kept(RuntimeException reason) {
      LOG.warnf(
          "certificates for Consul cannot be renewed, the former are kept url=%s reason=%s",
          url, reason.getMessage());
    }
  }
}
