package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.KubernetesAccess;
import io.meshbridge.adapter.kubernetes.KubernetesOwners;
import io.meshbridge.adapter.kubernetes.OwnMarks;
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

/** Both halves of a live Istio mesh, and the telling of its owners, on one client. */
final class IstioConnection implements MeshConnection {
  private final KubernetesAccess access;
  private final IstioSource source;
  private final IstioSink sink;
  private final Optional<Owners> owners;
  private final IstioDocuments documents;
  private final Translator translator;

  IstioConnection(
      KubernetesAccess access,
      IstioSettings settings,
      Telling telling,
      ConnectionContext context,
      RandomGenerator random,
      LongSupplier nanoTime) {
    this.access = access;
    this.source = new IstioSource(access, settings, context, random, nanoTime);
    this.sink = new IstioSink(access, settings, context, random);
    this.owners =
        KubernetesOwners.of(
            access,
            telling,
            IstioSource.services(settings),
            OwnMarks::isExported,
            context,
            random,
            nanoTime);
    this.documents = new IstioDocuments(access, settings, context);
    this.translator = new IstioTranslator(settings);
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
