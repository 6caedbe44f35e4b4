package io.meshbridge.cli;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Location;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Translator.FileFormat;
import io.meshbridge.translation.DocumentFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Documents of one line each: {@code key=value key=value}; a line with {@code ???} is torn. */
final class PaperFiles implements DocumentFiles {
  @Override
  public Read read(Path place, Progress progress) {
    progress.reading(place, 1, 1);
    try {
      return parse(place.toString(), Files.readString(place));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public Read read(String name, InputStream stream) {
    try {
      return parse(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public byte[] write(List<NativeDocument> documents, FileFormat format) {
    return documents.stream()
        .map(document -> format + " " + document.content() + "\n")
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Read parse(String file, String text) {
    var documents = new ArrayList<Document>();
    var diagnostics = new ArrayList<Diagnostic>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      var place = new Location(file, number);
      if (line.contains("???")) {
        diagnostics.add(new Diagnostic(Diagnostic.Severity.ERROR, place, "", "is torn"));
      } else {
        documents.add(new Document(place, content(line), Map.of()));
      }
    }
    return new Read(documents, diagnostics);
  }

  private static Map<String, Object> content(String line) {
    var content = new TreeMap<String, Object>();
    for (String pair : line.split(" ", -1)) {
      int equals = pair.indexOf('=');
      var value = pair.substring(equals + 1);
      content.put(pair.substring(0, equals), value.equals("true") ? (Object) true : value);
    }
    return content;
  }
}
