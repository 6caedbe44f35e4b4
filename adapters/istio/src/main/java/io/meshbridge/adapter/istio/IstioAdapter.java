package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.KubernetesAccess;
import io.meshbridge.adapter.kubernetes.Telling;
import io.meshbridge.model.NameSyntax;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshAdapter;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.SettingSpec;
import io.meshbridge.spi.Settings;
import io.meshbridge.spi.Translator;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Random;

/** Istio: exports Kubernetes Services and ServiceEntries, imports as ServiceEntries. */
@ApplicationScoped
public class IstioAdapter implements MeshAdapter {
  /** The word that configuration uses for Istio. */
  public static final String KIND = "istio";

  private final Translator translator = new IstioTranslator();

  /** For the container, and for tools that run without one. */
  public IstioAdapter() {}

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public NameSyntax nameSyntax() {
    return NameSyntax.DNS_NAME;
  }

  @Override
  public String nameTemplate() {
    return "{service}.{namespace}.{suffix}";
  }

  @Override
  public List<SettingSpec> settings() {
    return IstioSettings.specs();
  }

  @Override
  public Translator translator() {
    return translator;
  }

  @Override
  public MeshConnection connect(Settings settings, ConnectionContext context) {
    return new IstioConnection(
        new KubernetesAccess(settings),
        IstioSettings.of(settings),
        Telling.of(settings),
        context,
        // Shared by the feeds' threads, which this generator allows.
        new Random(),
        System::nanoTime);
  }
}
