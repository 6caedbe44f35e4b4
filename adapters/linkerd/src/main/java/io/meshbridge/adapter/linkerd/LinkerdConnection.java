package io.meshbridge.adapter.linkerd;

import io.meshbridge.adapter.kubernetes.KubernetesAccess;
import io.meshbridge.adapter.kubernetes.KubernetesOwners;
import io.meshbridge.adapter.kubernetes.Telling;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.MeshDocuments;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.Owners;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.Source;
import io.meshbridge.spi.Translator;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Both halves of a live Linkerd mesh, and the telling of its owners, on one client. */
final class LinkerdConnection implements MeshConnection {
  private final KubernetesAccess access;
  private final LinkerdSource source;
  private final LinkerdSink sink;
  private final Optional<Owners> owners;
  private final LinkerdDocuments documents;
  private final Translator translator;

  LinkerdConnection(
      KubernetesAccess access,
      LinkerdSettings settings,
      Telling telling,
      ConnectionContext context,
      RandomGenerator random,
      LongSupplier nanoTime,
      HostLookup hosts) {
    this.access = access;
    this.source = new LinkerdSource(access, settings, context, random, nanoTime);
    this.sink = new LinkerdSink(access, settings, context, random, nanoTime, hosts);
    this.owners =
        KubernetesOwners.of(
            access,
            telling,
            LinkerdSource.services(settings),
            settings::marks,
            context,
            random,
            nanoTime);
    this.documents = new LinkerdDocuments(access, settings, context);
    this.translator = new LinkerdTranslator(settings);
  }

  @Override
  public Source source() {
    return source;
  }

  @Override
  public Sink sink() {
    return sink;
  }

  @Override
  public MeshDocuments documents() throws MeshUnavailableException, InterruptedException {
    return documents.read();
  }

  @Override
  public Translator translator() {
    return translator;
  }

  @Override
  public Optional<Owners> owners() {
    return owners;
  }

  @Override
  public void close() {
    owners.ifPresent(Owners::close);
    sink.close();
    access.close();
  }
}
