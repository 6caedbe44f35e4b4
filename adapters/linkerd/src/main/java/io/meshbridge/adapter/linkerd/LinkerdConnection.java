package io.meshbridge.adapter.linkerd;

import io.meshbridge.adapter.kubernetes.KubernetesAccess;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.Source;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Both halves of a live Linkerd mesh, on one client. */
final class LinkerdConnection implements MeshConnection {
  private final KubernetesAccess access;
  private final LinkerdSource source;
  private final LinkerdSink sink;

  LinkerdConnection(
      KubernetesAccess access,
      LinkerdSettings settings,
      ConnectionContext context,
      RandomGenerator random,
      LongSupplier nanoTime,
      HostLookup hosts) {
    this.access = access;
    this.source = new LinkerdSource(access, settings, context, random, nanoTime);
    this.sink = new LinkerdSink(access, settings, context, random, nanoTime, hosts);
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
  public void close() {
    sink.close();
    access.close();
  }
}
