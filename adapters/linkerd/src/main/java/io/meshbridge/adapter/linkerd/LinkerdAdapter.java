package io.meshbridge.adapter.linkerd;

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

/** Linkerd: exports Kubernetes Services, imports as Services with slices of their own. */
@ApplicationScoped
public class LinkerdAdapter implements MeshAdapter {
  /** The word that configuration uses for Linkerd. */
  public static final String KIND = "linkerd";

  private final Translator translator = new LinkerdTranslator();

  /** For the container, and for tools that run without one. */
  public LinkerdAdapter() {}

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
    return "{service}-{mesh}.{target-namespace}";
  }

  @Override
  public List<SettingSpec> settings() {
    return LinkerdSettings.specs();
  }

  @Override
  public Translator translator() {
    return translator;
  }

  @Override
  public MeshConnection connect(Settings settings, ConnectionContext context) {
    return new LinkerdConnection(
        new KubernetesAccess(settings),
        LinkerdSettings.of(settings),
        Telling.of(settings),
        context,
        // Shared by the feeds' threads, which this generator allows.
        new Random(),
        System::nanoTime,
        new DnsLookup());
  }
}
