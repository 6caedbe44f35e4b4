package io.meshbridge.adapter.files;

import io.meshbridge.model.Import;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.MeshAdapter;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Settings;
import io.meshbridge.spi.Translation;
import io.meshbridge.spi.Translator;
import io.meshbridge.testkit.Samples;
import io.meshbridge.testkit.contract.HomeService;
import io.meshbridge.testkit.contract.MeshRig;
import io.meshbridge.testkit.contract.NativeObject;
import io.meshbridge.testkit.contract.Tampering;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A folder that is a mesh of some make. What people write in it is the make's matter. */
abstract class FolderRig implements MeshRig {
  private static final String IMPORTS = "meshbridge";

  private final MeshAdapter make;
  private final MeshDescriptor mesh;
  private final Path base;
  private final Path folder;
  private final Path away;

  FolderRig(MeshAdapter make) {
    this.make = make;
    this.mesh = Samples.mesh("here", make.kind());
    try {
      this.base = Files.createTempDirectory("meshbridge-folder-");
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
    this.folder = base.resolve("mesh");
    this.away = base.resolve("away");
  }

  /** The documents of a service as people keep it in one file. */
  abstract String text(HomeService service);

  /** The key under which it is exported. */
  abstract ServiceKey key(String name);

  /** The document of an import with the export mark added. */
  abstract Map<String, Object> exported(Map<String, Object> document);

  /** How the import's name stands in its documents. */
  String nameIn(Import standing) {
    return standing.name();
  }

  /** Something of somebody else. */
  abstract String foreignText();

  @Override
  public MeshDescriptor mesh() {
    return mesh;
  }

  @Override
  public Translator translator() {
    return make.translator();
  }

  @Override
  public MeshConnection connect() {
    var backend = new FilesBackend();
    return backend.connect(
        Settings.check(
            backend.settings(),
            Map.of("path", folder.toString(), "rescan", "200ms", "settle", "5ms")),
        // The real clock: the file system stamps its files with it.
        new ConnectionContext(Samples.FEDERATION, mesh, Clock.systemUTC()),
        translator());
  }

  @Override
  public void clear() {
    deleteTree(folder);
    deleteTree(away);
    attempt(() -> Files.createDirectories(folder));
  }

  @Override
  public ServiceKey put(HomeService service) {
    write(service.name() + ending(), text(service));
    return key(service.name());
  }

  @Override
  public void remove(HomeService service) {
    attempt(() -> Files.delete(here().resolve(service.name() + ending())));
  }

  @Override
  public ServiceKey putExported(Import imported) {
    for (NativeDocument document : documentsOf(imported)) {
      var marked = new NativeDocument(document.name(), exported(document.content()));
      var bytes = new ManifestWriter().write(marked, translator().fileFormat());
      write("exported-" + document.name() + ending(), new String(bytes, StandardCharsets.UTF_8));
    }
    return exportedKey(imported);
  }

  abstract ServiceKey exportedKey(Import imported);

  /** As when a volume is unmounted. */
  @Override
  public void breakReading() {
    attempt(() -> Files.move(folder, away));
  }

  @Override
  public void restoreReading() {
    attempt(() -> Files.move(away, folder));
  }

  @Override
  public SortedMap<String, NativeObject> objects() {
    var objects = new TreeMap<String, NativeObject>();
    try (var files = Files.walk(here())) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        var bytes = Files.readAllBytes(file);
        var version = FileStamp.of(file) + "/" + FileReading.digestOf(bytes);
        var reading = new ManifestReader().readBytes(file.toString(), bytes);
        int number = 0;
        for (Document document : reading.documents()) {
          var name = here().relativize(file) + "#" + number++;
          // The whole text is ours, also what a parser does not see.
          var content = new TreeMap<>(document.content());
          content.put("text", new String(bytes, StandardCharsets.UTF_8));
          objects.put(
              name,
              new NativeObject(
                  version, new Document(document.location(), content, document.lines())));
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return objects;
  }

  @Override
  public String occupy(Import wanted) {
    var file = IMPORTS + "/" + fileOf(wanted, documentsOf(wanted).getFirst());
    write(file, foreignText());
    return file + "#0";
  }

  @Override
  public void delete(String object) {
    attempt(() -> Files.delete(here().resolve(object.substring(0, object.indexOf('#')))));
  }

  @Override
  public List<Tampering> tamperings(Import standing) {
    return List.of(
        spoilt(standing, "an address", text -> text.replace("10.3.0.", "10.9.9.")),
        spoilt(standing, "the name", text -> text.replace(nameIn(standing), "stolen")),
        spoilt(standing, "white space at the end", text -> text + "\n"),
        spoilt(standing, "the line ends", text -> text.replace("\n", "\r\n")));
  }

  @Override
  public void close() {
    deleteTree(base);
  }

  final void write(String name, String text) {
    var file = here().resolve(name);
    attempt(
        () -> {
          Files.createDirectories(file.getParent());
          Files.writeString(file, text);
        });
  }

  /** A copy of what is in a field of an object; an empty one if it is not there. */
  static Map<String, Object> mapIn(Map<String, Object> object, String field) {
    var copy = new TreeMap<String, Object>();
    if (object.get(field) instanceof Map<?, ?> map) {
      map.forEach((key, value) -> copy.put(String.valueOf(key), value));
    }
    return copy;
  }

  final String ending() {
    return switch (translator().fileFormat()) {
      case YAML -> ".yaml";
      case JSON -> ".json";
    };
  }

  private Tampering spoilt(Import standing, String what, UnaryOperator<String> change) {
    return new Tampering(
        what,
        () -> {
          for (NativeDocument document : documentsOf(standing)) {
            var file = here().resolve(IMPORTS).resolve(fileOf(standing, document));
            attempt(() -> Files.writeString(file, change.apply(Files.readString(file))));
          }
        });
  }

  private String fileOf(Import wanted, NativeDocument document) {
    return ImportFiles.nameOf(wanted.service(), document, translator().fileFormat());
  }

  private List<NativeDocument> documentsOf(Import imported) {
    var context = new Translator.WriteContext(Samples.FEDERATION, mesh.id(), "");
    return ((Translation.Written) translator().write(imported, context)).documents();
  }

  /** Where the folder is just now. */
  private Path here() {
    return Files.exists(away) ? away : folder;
  }

  private static void deleteTree(Path root) {
    if (Files.exists(root)) {
      attempt(
          () -> {
            try (var files = Files.walk(root)) {
              for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
              }
            }
          });
    }
  }

  private interface FileAct {
    void run() throws IOException;
  }

  private static void attempt(FileAct act) {
    try {
      act.run();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
