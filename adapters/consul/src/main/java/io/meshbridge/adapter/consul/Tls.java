package io.meshbridge.adapter.consul;

import io.meshbridge.spi.InvalidSettingsException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whom we trust and who we are when an agent speaks TLS; both may change while we run. */
final class Tls {
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
    var files = new ChangingTls(settings);
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
}
