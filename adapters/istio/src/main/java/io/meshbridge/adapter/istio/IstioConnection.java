package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.KubernetesAccess;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.Source;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Both halves of a live Istio mesh, on one client. */
final class IstioConnection implements MeshConnection {
  private final KubernetesAccess access;
  private final IstioSource source;
  private final IstioSink sink;

  IstioConnection(
      KubernetesAccess access,
      IstioSettings settings,
      ConnectionContext context,
      RandomGenerator random,
      LongSupplier nanoTime) {
    this.access = access;
    this.source = new IstioSource(access, settings, context, random, nanoTime);
    this.sink = new IstioSink(access, settings, context, random);
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
