package io.meshbridge.adapter.files;

import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.MeshDocuments;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.Source;
import io.meshbridge.spi.Translator;

/** Both halves of a folder that is a mesh. */
final class FilesConnection implements MeshConnection {
  private final FilesSource source;
  private final FilesSink sink;
  private final FolderDocuments documents;
  private final Translator translator;

  FilesConnection(
      FilesSource source, FilesSink sink, FolderDocuments documents, Translator translator) {
    this.source = source;
    this.sink = sink;
    this.documents = documents;
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
  public MeshDocuments documents() throws MeshUnavailableException {
    return documents.read();
  }

  @Override
  public Translator translator() {
    return translator;
  }

  @Override
  public void close() {
    source.close();
    sink.close();
  }
}
