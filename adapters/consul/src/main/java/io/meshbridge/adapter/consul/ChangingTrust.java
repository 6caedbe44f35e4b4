package io.meshbridge.adapter.consul;

import io.meshbridge.spi.FileBacked;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/** Trusts whom the files name now. */
record ChangingTrust(FileBacked<TlsMaterial> files) implements X509TrustManager {
  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    files.now().trust().checkClientTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    files.now().trust().checkServerTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return files.now().trust().getAcceptedIssuers();
  }
}
