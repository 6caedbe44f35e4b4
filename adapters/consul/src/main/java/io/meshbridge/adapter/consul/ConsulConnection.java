package io.meshbridge.adapter.consul;

import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.Source;

/** Both live halves over one set of connections to an agent. */
final class ConsulConnection implements MeshConnection {
  private final ConsulHttp http;
  private final ConsulSource source;
  private final ConsulSink sink;

  ConsulConnection(ConsulSettings settings, ConnectionContext context, Timing timing) {
    this.http = new ConsulHttp(settings);
    this.source = new ConsulSource(settings, context, http, timing);
    this.sink = new ConsulSink(settings, context, http, timing);
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
    http.close();
  }
}
