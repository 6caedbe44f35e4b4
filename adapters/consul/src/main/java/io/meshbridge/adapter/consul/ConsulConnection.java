package io.meshbridge.adapter.consul;

import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.MeshDocuments;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.Source;
import io.meshbridge.spi.Translator;

/** Both live halves over one set of connections to an agent. */
final class ConsulConnection implements MeshConnection {
  private final ConsulHttp http;
  private final ConsulSource source;
  private final ConsulSink sink;
  private final LiveDocuments documents;
  private final Translator translator;

  ConsulConnection(
      ConsulSettings settings, ConnectionContext context, Timing timing, Translator translator) {
    this.http = new ConsulHttp(settings);
    this.source = new ConsulSource(settings, context, http, timing);
    this.sink = new ConsulSink(settings, context, http, timing);
    this.documents = new LiveDocuments(settings, context, http);
    this.translator = translator;
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
  public void close() {
    sink.close();
    http.close();
  }
}
