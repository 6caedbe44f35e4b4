package io.meshbridge.adapter.files;

import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.Source;

/** Both halves of a folder that is a mesh. */
final class FilesConnection implements MeshConnection {
  private final FilesSource source;
  private final FilesSink sink;

  FilesConnection(FilesSource source, FilesSink sink) {
    this.source = source;
    this.sink = sink;
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
    source.close();
    sink.close();
  }
}
