package io.meshbridge.adapter.files;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Diagnostic.Severity;
import io.meshbridge.model.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads manifests that people wrote, in YAML or JSON, and says of each fault in which line it
 * stands. A document that cannot be read costs only itself.
 *
 * <p>Files end in {@code .yaml}, {@code .yml} or {@code .json}; other names, and standard input,
 * are read as what they look like. Text is UTF-8.
 */
public final class ManifestReader {
  /** The name of standard input. */
  public static final String STANDARD_INPUT = "-";

  private static final int BYTE_ORDER_MARK = '\ufeff';
  private static final char REPLACEMENT = '\ufffd';

  private final Limits limits;

  /**
   * Reads files of up to 16 MiB and 100,000 documents, each with up to 500,000 values, 100 levels.
   */
  public ManifestReader() {
    this(Limits.DEFAULT);
  }

  ManifestReader(Limits limits) {
    this.limits = limits;
  }

  /** Told before each file is read. */
  @FunctionalInterface
  public interface Progress {
    /** For those who do not want to know. */
    Progress SILENT = (file, number, total) -> {};

    /**
     * A file is about to be read.
     *
     * @param number counted from 1
     */
    void reading(Path file, int number, int total);
  }

  /**
   * Reads a file, or all manifests in a folder and its sub-folders, in the order of their names.
   * Hidden files and folders are passed over. What cannot be opened is a diagnostic as well.
   */
  public Manifests read(Path place, Progress progress) {
    if (!Files.isDirectory(place)) {
      progress.reading(place, 1, 1);
      return readFile(place);
    }
    FolderListing listing;
    try {
      listing = FolderListing.of(place);
    } catch (IOException unreachable) {
      return Manifests.faulty(unopened(place, unreachable));
    }
    var parts = new ArrayList<Manifests>();
    listing.faults().forEach((path, fault) -> parts.add(Manifests.faulty(unopened(path, fault))));
    int number = 0;
    for (Path file : listing.files()) {
      number++;
      progress.reading(file, number, listing.files().size());
      parts.add(readFile(file));
    }
    return Manifests.of(parts);
  }

  /**
   * Reads a stream to its end, such as standard input; does not close it.
   *
   * @param name how diagnostics call it
   */
  public Manifests read(String name, InputStream stream) {
    try {
      return readBytes(name, stream.readNBytes(limits.fileBytes() + 1));
    } catch (IOException unreadable) {
      return Manifests.faulty(unopened(Path.of(name), unreadable));
    }
  }

  /** Reads text that is at hand. */
  public Manifests readText(String name, String text) {
    return readBytes(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads bytes that are at hand. */
  Manifests readBytes(String name, byte[] bytes) {
    if (bytes.length > limits.fileBytes()) {
      return Manifests.faulty(
          fault(name, 0, "is larger than " + limits.fileBytes() + " bytes: split it"));
    }
    try {
      var decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return parse(name, withoutMark(decoded.toString()));
    } catch (CharacterCodingException malformed) {
      return parseWhatIsText(name, new String(bytes, StandardCharsets.UTF_8));
    }
  }

  /**
   * At most one byte more than the limit, so that a file that grows meanwhile cannot fill memory.
   */
  byte[] bytesOf(Path file) throws IOException {
    try (var stream = Files.newInputStream(file)) {
      return stream.readNBytes(limits.fileBytes() + 1);
    }
  }

  static Diagnostic unopened(Path path, IOException cause) {
    return fault(path.toString(), 0, "cannot be opened: " + IoReasons.of(cause));
  }

  private Manifests readFile(Path file) {
    try {
      return readBytes(file.toString(), bytesOf(file));
    } catch (IOException unreadable) {
      return Manifests.faulty(unopened(file, unreadable));
    }
  }

  private Manifests parse(String name, String text) {
    if (name.endsWith(".json")) {
      return JsonDocumentsReader.read(name, text, limits);
    }
    var yaml = yaml(name, text);
    if (isYamlByName(name) || yaml.isWhole() || !looksLikeJson(text)) {
      return yaml;
    }
    return JsonDocumentsReader.read(name, text, limits);
  }

  private Manifests yaml(String name, String text) {
    var chunks = YamlChunks.of(text);
    if (chunks.size() > limits.documents()) {
      return Manifests.faulty(
          fault(name, 0, "holds more than " + limits.documents() + " documents: split it"));
    }
    return Manifests.of(chunks.stream().map(chunk -> yamlDocument(name, chunk)).toList());
  }

  /** JSON is YAML but for tabs, which YAML refuses where JSON is indented with them. */
  private Manifests yamlDocument(String name, YamlChunks.Chunk chunk) {
    var yaml = YamlDocumentReader.read(name, chunk, limits);
    var text = chunk.withoutMarker();
    if (yaml.isWhole() || !text.stripLeading().startsWith("{")) {
      return yaml;
    }
    // Blank lines in front, so that the lines are those of the file.
    var padded = "\n".repeat(chunk.firstLine() - 1) + text;
    var json = JsonDocumentsReader.read(name, padded, limits);
    return json.isWhole() ? json : yaml;
  }

  /** Some bytes are no text: only the documents that hold them are lost. */
  private Manifests parseWhatIsText(String name, String replaced) {
    var parts = new ArrayList<Manifests>();
    for (YamlChunks.Chunk chunk : YamlChunks.of(withoutMark(replaced))) {
      int broken = chunk.text().indexOf(REPLACEMENT);
      if (broken < 0 && isYamlByName(name)) {
        parts.add(yamlDocument(name, chunk));
      } else {
        int line = chunk.firstLine() + newlinesIn(chunk.text().substring(0, Math.max(0, broken)));
        parts.add(Manifests.faulty(fault(name, line, "is not UTF-8 text: save it as UTF-8")));
      }
    }
    return Manifests.of(parts);
  }

  private static Diagnostic fault(String name, int line, String message) {
    return new Diagnostic(Severity.ERROR, new Location(name, line), "", message);
  }

  private static boolean isYamlByName(String name) {
    return List.of(".yaml", ".yml").stream().anyMatch(name::endsWith);
  }

  private static boolean looksLikeJson(String text) {
    var start = text.stripLeading();
    return start.startsWith("{") || start.startsWith("[");
  }

  private static String withoutMark(String text) {
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  private static int newlinesIn(String text) {
    return (int) text.chars().filter(character -> character == '\n').count();
  }
}
