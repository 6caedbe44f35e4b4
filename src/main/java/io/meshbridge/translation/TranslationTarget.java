package io.meshbridge.translation;

import io.meshbridge.model.NameSyntax;
import io.meshbridge.spi.MeshAdapter;
import io.meshbridge.spi.Translator;
import io.meshbridge.spi.Translator.WriteContext;

/**
 * Into what documents are translated.
 *
 * @param translator of its make
 * @param nameSyntax what names imports can have there
 * @param nameTemplate of an import's name
 * @param context which mesh it is
 */
public record TranslationTarget(
    Translator translator, NameSyntax nameSyntax, String nameTemplate, WriteContext context) {
  /** A mesh of which no more is known than its make. */
  static TranslationTarget of(MeshAdapter adapter, WriteContext context) {
    return new TranslationTarget(
        adapter.translator(), adapter.nameSyntax(), adapter.nameTemplate(), context);
  }
}
