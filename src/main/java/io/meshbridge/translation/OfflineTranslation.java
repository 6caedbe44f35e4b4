package io.meshbridge.translation;

import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.MeshAdapter;
import io.meshbridge.spi.Reading;
import io.meshbridge.spi.Translator;
import io.meshbridge.spi.Translator.FileFormat;
import io.meshbridge.spi.Translator.Selection;
import io.meshbridge.spi.Translator.WriteContext;
import java.util.List;

/** Translates documents of one make of mesh into those of another, without either mesh. Pure. */
public final class OfflineTranslation {
  private final Translator from;
  private final TranslationTarget to;
  private final MeshDescriptor origin;

  /**
   * @param mesh the mesh that the documents belong to
   * @param target into what they are translated; another mesh
   */
  public OfflineTranslation(MeshAdapter from, MeshAdapter to, MeshId mesh, WriteContext target) {
    this(
        from.translator(),
        new MeshDescriptor(mesh, from.kind(), "", "", ""),
        TranslationTarget.of(to, target));
  }

  /**
   * @param from of the make of the mesh that the documents belong to
   */
  public OfflineTranslation(Translator from, MeshDescriptor origin, TranslationTarget to) {
    this.from = from;
    this.to = to;
    this.origin = origin;
  }

  /** Translates all services that the documents hold, whether they are marked for export or not. */
  public TranslationResult translate(List<Document> documents) {
    var reading = read(documents);
    var services = translations(reading).all();
    var written = services.stream().flatMap(service -> service.documents().stream()).toList();
    return new TranslationResult(reading, services, to.translator().inOrderOfWriting(written));
  }

  /**
   * What a translation would change in the target.
   *
   * @param standing what stands there, also what is somebody else's
   * @param complete whether the documents were all that the mesh offers; otherwise nothing goes
   */
  public TargetChanges changes(
      TranslationResult result, List<Document> standing, boolean complete) {
    return new ChangePlan(to.translator(), to.context().federation(), to.context().target())
        .compare(
            result.imports(),
            standing,
            service ->
                complete
                    && service.mesh().equals(origin.id())
                    && !result.reading().unreadable().containsKey(service));
  }

  /** How the target's documents are printed. */
  public FileFormat format() {
    return to.translator().fileFormat();
  }

  /** The mesh that the documents belong to. */
  public MeshId origin() {
    return origin.id();
  }

  /** The mesh that they are translated to. */
  public MeshId target() {
    return to.context().target();
  }

  Reading read(List<Document> documents) {
    return from.read(documents, origin, Selection.ALL);
  }

  ServiceTranslations translations(Reading reading) {
    return new ServiceTranslations(to, origin, reading);
  }
}
