package io.meshbridge.fourth;

import io.meshbridge.model.Import;
import io.meshbridge.model.Location;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshConnection;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What the contract does to a catalog: people's hands on the file. */
final class CatalogRig implements MeshRig {
  private final MeshDescriptor mesh = Samples.mesh("here", "catalog");
  private final CatalogAdapter adapter = new CatalogAdapter();
  private final Path folder;
  private final CatalogFile file;
  private final CatalogFile away;

  CatalogRig() {
    try {
      folder = Files.createTempDirectory("meshbridge-catalog-");
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
    file = new CatalogFile(folder.resolve("names"));
    away = new CatalogFile(folder.resolve("away"));
  }

  @Override
  public MeshDescriptor mesh() {
    return mesh;
  }

  @Override
  public Translator translator() {
    return adapter.translator();
  }

  @Override
  public MeshConnection connect() {
    return adapter.connect(
        Settings.check(
            adapter.settings(), Map.of("file", file.path().toString(), "interval", "20ms")),
        new ConnectionContext(Samples.FEDERATION, mesh, Clock.systemUTC()));
  }

  @Override
  public void clear() {
    attempt(
        () -> {
          Files.deleteIfExists(away.path());
          file.write(List.of(new CatalogLine("# names of this house")));
        });
  }

  @Override
  public ServiceKey put(HomeService service) {
    putAll(List.of(service));
    return key(service.name());
  }

  @Override
  public void putAll(List<HomeService> services) {
    edit(
        lines -> {
          var changed = new ArrayList<>(lines);
          for (HomeService service : services) {
            changed.removeIf(line -> line.name().equals(service.name()));
            for (String address : service.addresses()) {
              var mark = service.marked() ? " export" : "";
              changed.add(
                  new CatalogLine(service.name() + " " + address + " " + HomeService.PORT + mark));
            }
          }
          return changed;
        });
  }

  @Override
  public void remove(HomeService service) {
    edit(lines -> without(lines, line -> line.name().equals(service.name())));
  }

  /** Nobody mirrors into a text file. */
  @Override
  public boolean putMirrored(HomeService service) {
    return false;
  }

  @Override
  public ServiceKey putExported(Import imported) {
    var context = new Translator.WriteContext(Samples.FEDERATION, mesh.id(), "");
    var written = (Translation.Written) translator().write(imported, context);
    written.documents().forEach(line -> add(CatalogLine.of(line.content()).text() + " export"));
    return key(imported.name());
  }

  @Override
  public Set<ServiceKey> putStrange() {
    var strange = new HashSet<ServiceKey>();
    // Only the name: nobody can know whether it was meant to be exported.
    add("lonely");
    for (String rest :
        List.of(
            "x eighty", "10.1.1.1 0", "10.1.1.1 70000", "10.1.1.1 80 =", "\t10.1.1.1\t80 a=%")) {
      var name = "strange-" + strange.size();
      add(name + " " + rest + " export");
      strange.add(key(name));
    }
    add("größe-🚀 10.1.1.2 80 export label=" + "ä".repeat(100_000));
    strange.add(key("größe-🚀"));
    return strange;
  }

  @Override
  public void breakReading() {
    attempt(() -> Files.move(file.path(), away.path()));
  }

  @Override
  public void restoreReading() {
    attempt(() -> Files.move(away.path(), file.path()));
  }

  @Override
  public String importName(ServiceKey service) {
    return service.name() + "-" + service.mesh();
  }

  /** Lines have no versions but what they say; see the test of the file as a whole. */
  @Override
  public SortedMap<String, NativeObject> objects() {
    var objects = new TreeMap<String, NativeObject>();
    for (CatalogLine line : lines()) {
      if (!line.isSilent()) {
        objects.put(
            line.name() + " " + line.content().get("address"),
            new NativeObject(line.text(), line.document(Location.of("line"))));
      }
    }
    return objects;
  }

  @Override
  public String occupy(Import wanted) {
    add(wanted.name() + " 10.7.7.7 1");
    return wanted.name() + " 10.7.7.7";
  }

  @Override
  public void delete(String object) {
    edit(lines -> without(lines, line -> line.text().startsWith(object + " ")));
  }

  @Override
  public List<Tampering> tamperings(Import standing) {
    return List.of(
        spoilt("the name", text -> text.replace(standing.name(), "stolen")),
        spoilt("the address", text -> text.replace(" 10.3.0.1 ", " 10.9.9.9 ")),
        spoilt("the port", text -> text.replace(" 8080 ", " 81 ")),
        spoilt("one more mark", text -> text + " theirs=x"));
  }

  @Override
  public void close() {
    attempt(
        () -> {
          Files.deleteIfExists(file.path());
          Files.deleteIfExists(away.path());
          Files.delete(folder);
        });
  }

  /** The file itself: replaced by every write. */
  Object identity() {
    try {
      return Files.readAttributes(file.path(), "unix:ino,lastModifiedTime");
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private Tampering spoilt(String what, UnaryOperator<String> change) {
    return new Tampering(
        what,
        () ->
            edit(
                lines ->
                    lines.stream()
                        .map(line -> new CatalogLine(change.apply(line.text())))
                        .toList()));
  }

  private void add(String line) {
    edit(
        lines -> {
          var more = new ArrayList<>(lines);
          more.add(new CatalogLine(line));
          return more;
        });
  }

  private static List<CatalogLine> without(
      List<CatalogLine> lines, java.util.function.Predicate<CatalogLine> gone) {
    return lines.stream().filter(gone.negate()).toList();
  }

  private void edit(UnaryOperator<List<CatalogLine>> change) {
    attempt(() -> here().write(change.apply(lines())));
  }

  private List<CatalogLine> lines() {
    try {
      return here().read();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private CatalogFile here() {
    return Files.exists(away.path()) ? away : file;
  }

  private ServiceKey key(String name) {
    return new ServiceKey(mesh.id(), "default", name);
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
