package io.meshbridge.looking;

import io.meshbridge.config.BridgeConfig;
import io.meshbridge.config.MeshConfig;
import io.meshbridge.importing.TargetMesh;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.MeshAdapter;
import io.meshbridge.spi.MeshDocuments;
import io.meshbridge.spi.Translator;
import io.meshbridge.spi.Translator.WriteContext;
import io.meshbridge.translation.DocumentFederation.DocumentMesh;
import io.meshbridge.translation.DocumentLists;
import io.meshbridge.translation.TranslationTarget;
import java.util.List;
import java.util.stream.Stream;

/**
 * A configured mesh whose objects were read.
 *
 * @param translator told of the mesh's settings
 */
public record MeshAtHand(
    MeshConfig config, MeshAdapter adapter, Translator translator, MeshDocuments content) {
  /** As one of which imports are planned. */
  DocumentMesh asOrigin() {
    return new DocumentMesh(
        content.mesh(), config.transit(), translator, content.documents(), content.isWhole());
  }

  /** As the one for which imports are planned. */
  TargetMesh asTarget(BridgeConfig bridge) {
    return new TargetMesh(
        content.mesh(),
        adapter.nameSyntax(),
        nameTemplate(bridge),
        config.gateways(),
        config.imports());
  }

  /** As the one to which documents are translated. */
  public TranslationTarget asTranslationTarget(BridgeConfig bridge) {
    return new TranslationTarget(
        translator, adapter.nameSyntax(), nameTemplate(bridge), context(bridge));
  }

  WriteContext context(BridgeConfig bridge) {
    return config.writeContext(bridge.federation(), content.mesh().version());
  }

  /** Everything, with lists taken apart. */
  public List<Document> all() {
    return DocumentLists.expand(
        Stream.concat(content.documents().stream(), content.besides().stream()).toList());
  }

  private String nameTemplate(BridgeConfig bridge) {
    return bridge.nameTemplates().getOrDefault(adapter.kind(), adapter.nameTemplate());
  }
}
