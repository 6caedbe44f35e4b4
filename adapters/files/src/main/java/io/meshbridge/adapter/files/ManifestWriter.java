package io.meshbridge.adapter.files;

import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Translator.FileFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Prints native documents in one way only: fields in their order, quotes by one rule, a newline at
 * the end. So equal content is equal bytes, and what {@link ManifestReader} reads back is equal,
 * also for a reader that takes {@code on} for a truth value and {@code 1:30} for a number.
 */
public final class ManifestWriter {

  /**
   * One document.
   *
   * @throws IllegalArgumentException if the content holds what no document can hold: a null, a
   *     number that is none, or an object
   */
  public byte[] write(NativeDocument document, FileFormat format) {
    return write(List.of(document), format);
  }

  /**
   * Several documents in one text: YAML separates them by {@code ---}, JSON prints them one after
   * the other.
   *
   * @throws IllegalArgumentException as for one document
   */
  public byte[] write(List<NativeDocument> documents, FileFormat format) {
    var text =
        switch (format) {
          case YAML ->
              documents.stream()
                  .map(document -> YamlPrinter.print(document.content()))
                  .collect(Collectors.joining("---\n"));
          case JSON ->
              documents.stream()
                  .map(document -> JsonPrinter.print(document.content()))
                  .collect(Collectors.joining());
        };
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
