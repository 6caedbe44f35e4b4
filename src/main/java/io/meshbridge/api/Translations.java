package io.meshbridge.api;

import io.meshbridge.config.Adapters;
import io.meshbridge.model.Diagnostic;
import io.meshbridge.translation.DocumentFiles;
import io.meshbridge.translation.DocumentFiles.Read;
import io.meshbridge.translation.OfflineTranslation;
import io.meshbridge.translation.TranslationRequest;
import io.meshbridge.translation.TranslationResult;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Translates documents, whichever way somebody asks for it. Contacts nobody, changes nothing. */
@Singleton
final class Translations {
  private final Adapters adapters;
  private final DocumentFiles files;

  Translations(Adapters adapters, DocumentFiles files) {
    this.adapters = adapters;
    this.files = files;
  }

  /**
   * Documents of one make of mesh as those of another, and what they could not say.
   *
   * @throws BadParameterException naming all that is wrong
   */
  TranslationView translate(TranslateBody wanted) {
    var translation = resolve(wanted.request());
    var read = Read.of(wanted.documents().stream().map(this::read).toList());
    var result = translation.translate(read.documents());
    var diagnostics = new ArrayList<>(read.diagnostics());
    diagnostics.addAll(result.diagnostics());
    return view(translation, result, diagnostics);
  }

  private OfflineTranslation resolve(TranslationRequest request) {
    var wrong = new ArrayList<TranslationRequest.Fault>();
    var makes = new TranslationRequest.Makes(adapters.kinds(), adapters::find);
    return request
        .resolve(makes, wrong)
        .orElseThrow(
            () ->
                new BadParameterException(wrong.stream().map(Translations::asParameter).toList()));
  }

  private static Problem.Fault asParameter(TranslationRequest.Fault fault) {
    return new Problem.Fault(
        String.join(",", fault.fields()), BodyReader.shown(fault.value()), fault.expected());
  }

  private Read read(TranslateBody.Text document) {
    var bytes = document.text().getBytes(StandardCharsets.UTF_8);
    return files.read(document.name(), new ByteArrayInputStream(bytes));
  }

  private TranslationView view(
      OfflineTranslation translation, TranslationResult result, List<Diagnostic> diagnostics) {
    var documents = result.documents();
    var text = new String(files.write(documents, translation.format()), StandardCharsets.UTF_8);
    return new TranslationView(
        new TranslationView.Written(
            translation.format().name().toLowerCase(Locale.ROOT), documents.size(), text),
        result.written(),
        result.losses().stream().map(LossView::of).toList(),
        diagnostics.stream().map(DiagnosticView::of).toList());
  }
}
