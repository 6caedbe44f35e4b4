package io.meshbridge.adapter.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Export;
import io.meshbridge.model.Import;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.NameSyntax;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.ServicePort;
import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.NotLeadingException;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.Translation;
import io.meshbridge.spi.Translator.FileFormat;
import io.meshbridge.spi.Translator.WriteContext;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.testkit.ModelGenerators;
import io.meshbridge.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesSinkTest {
  private static final ServiceKey WEB = Samples.key("west", "shop", "web");
  private static final ServiceKey DB = Samples.key("west", "shop", "db");
  private static final WritePermit DENIED =
      () -> {
        throw new NotLeadingException("another process leads");
      };

  private final Set<ServiceKey> touched = ConcurrentHashMap.newKeySet();
  @TempDir private Path temp;
  private Path folder;
  private Path imports;
  private MeshConnection connection;
  private Sink sink;

  @BeforeEach
  void connect() throws IOException {
    folder = Files.createDirectory(temp.resolve("mesh"));
    imports = folder.resolve("meshbridge");
    connection = Rig.connect(folder, FileFormat.YAML);
    sink = connection.sink();
  }

  @AfterEach
  void close() {
    connection.close();
  }

  @Test
  void writesOneFilePerObjectAndKnowsItAgain() throws Exception {
    sink.start(touched::add);

    var outcome = apply(Samples.importOf(WEB, "10.0.0.1"));

    assertThat(outcome).isEqualTo(new ApplyOutcome.Applied("web-west", true, List.of()));
    assertThat(listing()).containsExactly("west.shop.web.http.yaml");
    assertThat(sink.owned()).containsOnlyKeys(WEB);
    assertThat(Files.readString(fileOf(WEB))).contains("- \"10.0.0.1\"");
  }

  @Test
  void readsWhatAnEarlierProcessWrote() throws Exception {
    sink.start(touched::add);
    apply(Samples.importOf(WEB, "10.0.0.1"));
    connection.close();

    try (var later = Rig.connect(folder, FileFormat.YAML)) {
      later.sink().start(touched::add);

      assertThat(later.sink().owned()).containsOnlyKeys(WEB);
      assertThat(later.sink().apply(Samples.importOf(WEB, "10.0.0.1"), WritePermit.ALWAYS))
          .isEqualTo(new ApplyOutcome.Applied("web-west", false, List.of()));
    }
  }

  @Test
  void doesNotWriteWhatStandsThereAlready() throws Exception {
    sink.start(touched::add);
    apply(Samples.importOf(WEB, "10.0.0.1"));
    var before = FileStamp.of(fileOf(WEB));

    var again = sink.apply(Samples.importOf(WEB, "10.0.0.1"), DENIED);

    assertThat(again).isEqualTo(new ApplyOutcome.Applied("web-west", false, List.of()));
    assertThat(FileStamp.of(fileOf(WEB))).isEqualTo(before);
  }

  @Test
  void neverShowsAHalfWrittenFile() throws Exception {
    // Given
    sink.start(touched::add);
    apply(Samples.importOf(WEB, "10.0.0.1"));
    var done = new AtomicBoolean();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var watching =
          executor.submit(
              () -> {
                int seen = 0;
                while (!done.get() || seen == 0) {
                  var read = new ManifestReader().read(fileOf(WEB), ManifestReader.Progress.SILENT);
                  assertThat(read.isWhole()).isTrue();
                  assertThat(read.documents()).hasSize(1);
                  seen++;
                }
                return seen;
              });

      // When
      try {
        for (int i = 0; i < 40; i++) {
          apply(Samples.importOf(WEB, "10.0.0." + i));
        }
      } finally {
        done.set(true);
      }

      // Then
      assertThat(watching.get()).isPositive();
      assertThat(listing()).containsExactly("west.shop.web.http.yaml");
    } catch (ExecutionException seenHalf) {
      throw new AssertionError("a reader saw a file that was not whole", seenHalf);
    }
  }

  @Test
  void waitsForAnotherWriterButNotForOneThatStandsStill() throws Exception {
    sink.start(touched::add);
    apply(Samples.importOf(WEB, "10.0.0.1"));
    var begun = imports.resolve("." + fileOf(WEB).getFileName() + ".tmp");
    Files.writeString(begun, "half of");

    assertThatExceptionOfType(MeshUnavailableException.class)
        .isThrownBy(() -> apply(Samples.importOf(WEB, "10.0.0.2")))
        .withMessageContaining(begun.toString());
    Files.setLastModifiedTime(begun, FileTime.from(Instant.now().minusSeconds(11)));
    var later = apply(Samples.importOf(WEB, "10.0.0.2"));

    assertThat(later).isEqualTo(new ApplyOutcome.Applied("web-west", true, List.of()));
    assertThat(begun).doesNotExist();
  }

  @Test
  void deletesFilesThatAreNoLongerWanted() throws Exception {
    sink.start(touched::add);
    apply(
        withPorts(
            new ServicePort("http", 80, AppProtocol.HTTP),
            new ServicePort("grpc", 90, AppProtocol.GRPC)));
    assertThat(listing()).containsExactly("west.shop.web.grpc.yaml", "west.shop.web.http.yaml");

    var outcome = apply(withPorts(new ServicePort("http", 80, AppProtocol.HTTP)));

    assertThat(listing()).containsExactly("west.shop.web.http.yaml");
    assertThat(outcome).isEqualTo(new ApplyOutcome.Applied("web-west", true, List.of()));
  }

  @Test
  void leavesAFileThatIsNotOursUntouched() throws Exception {
    Files.createDirectories(imports);
    var foreign = Files.writeString(fileOf(WEB), "name: somebody-elses\n");
    sink.start(touched::add);
    var before = FileStamp.of(foreign);

    var outcome = apply(Samples.importOf(WEB, "10.0.0.1"));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            ApplyOutcome.Conflict.class,
            conflict -> assertThat(conflict.holder()).contains(foreign.toString()));
    assertThat(sink.remove(WEB, WritePermit.ALWAYS)).isFalse();
    assertThat(FileStamp.of(foreign)).isEqualTo(before);
    assertThat(sink.owned()).isEmpty();
  }

  @Test
  void leavesTheFilesOfAnotherFederationUntouched() throws Exception {
    Files.createDirectories(imports);
    var foreign = Files.write(fileOf(WEB), bytesFor("another-federation", Rig.MESH));
    var other =
        Files.write(imports.resolve("other.yaml"), bytesFor(Samples.FEDERATION, "other-mesh"));
    sink.start(touched::add);

    assertThat(apply(Samples.importOf(WEB, "10.0.0.1"))).isInstanceOf(ApplyOutcome.Conflict.class);
    assertThat(sink.remove(WEB, WritePermit.ALWAYS)).isFalse();
    assertThat(sink.owned()).isEmpty();
    assertThat(foreign).exists();
    assertThat(other).exists();
  }

  @Test
  void yieldsToAFileThatTakesItsPlaceLater() throws Exception {
    sink.start(touched::add);
    apply(
        withPorts(
            new ServicePort("http", 80, AppProtocol.HTTP),
            new ServicePort("grpc", 90, AppProtocol.GRPC)));

    Files.writeString(fileOf(WEB), "name: somebody-elses\n");
    awaitTouched(WEB);

    assertThat(apply(Samples.importOf(WEB, "10.0.0.1"))).isInstanceOf(ApplyOutcome.Conflict.class);
    assertThat(listing()).containsExactly("west.shop.web.http.yaml");
    assertThat(fileOf(WEB)).hasContent("name: somebody-elses\n");
  }

  @Test
  void tellsWhenAPlaceThatWasTakenIsFree() throws Exception {
    Files.createDirectories(imports);
    Files.writeString(fileOf(WEB), "name: somebody-elses\n");
    sink.start(touched::add);
    apply(Samples.importOf(WEB, "10.0.0.1"));

    Files.delete(fileOf(WEB));
    awaitTouched(WEB);

    assertThat(apply(Samples.importOf(WEB, "10.0.0.1"))).isInstanceOf(ApplyOutcome.Applied.class);
  }

  @Test
  void tellsWhenOursIsDeletedOrChangedButNotWhatItWroteItself() throws Exception {
    // Given
    sink.start(touched::add);
    apply(Samples.importOf(WEB, "10.0.0.1"));
    apply(Samples.importOf(DB, "10.0.0.2"));
    apply(Samples.importOf(DB, "10.0.0.3"));

    // When
    Files.delete(fileOf(WEB));

    // Then
    awaitTouched(WEB);
    assertThat(touched).containsExactly(WEB);

    // When
    Files.writeString(fileOf(DB), Files.readString(fileOf(DB)).replace("10.0.0.3", "10.6.6.6"));

    // Then
    awaitTouched(DB);
    apply(Samples.importOf(DB, "10.0.0.3"));
    assertThat(Files.readString(fileOf(DB))).contains("10.0.0.3").doesNotContain("10.6.6.6");
  }

  @Test
  void removesAllFilesOfAServiceAndNoOthers() throws Exception {
    sink.start(touched::add);
    apply(
        withPorts(
            new ServicePort("http", 80, AppProtocol.HTTP),
            new ServicePort("grpc", 90, AppProtocol.GRPC)));
    apply(Samples.importOf(DB, "10.0.0.2"));

    assertThat(sink.remove(WEB, WritePermit.ALWAYS)).isTrue();

    assertThat(listing()).containsExactly("west.shop.db.http.yaml");
    assertThat(sink.owned()).containsOnlyKeys(DB);
    assertThat(sink.remove(WEB, WritePermit.ALWAYS)).isFalse();
  }

  @Test
  void removesWhatStoodWhenTheImportIsRefusedNow() throws Exception {
    sink.start(touched::add);
    apply(Samples.importOf(WEB, "10.0.0.1"));

    var outcome = apply(guarded());

    assertThat(outcome).isInstanceOf(ApplyOutcome.Refused.class);
    assertThat(listing()).isEmpty();
  }

  @Test
  void changesNothingWithoutPermit() throws Exception {
    sink.start(touched::add);
    apply(Samples.importOf(WEB, "10.0.0.1"));
    var before = FileStamp.of(fileOf(WEB));

    assertThatExceptionOfType(NotLeadingException.class)
        .isThrownBy(() -> sink.apply(Samples.importOf(WEB, "10.0.0.9"), DENIED));
    assertThatExceptionOfType(NotLeadingException.class)
        .isThrownBy(() -> sink.apply(Samples.importOf(DB, "10.0.0.9"), DENIED));
    assertThatExceptionOfType(NotLeadingException.class).isThrownBy(() -> sink.remove(WEB, DENIED));

    assertThat(FileStamp.of(fileOf(WEB))).isEqualTo(before);
    assertThat(listing()).containsExactly("west.shop.web.http.yaml");
  }

  @Test
  void doesNotFillTheMountPointOfAMeshThatIsAway() throws Exception {
    Files.delete(folder);

    assertThatExceptionOfType(MeshUnavailableException.class)
        .isThrownBy(() -> sink.start(touched::add))
        .withMessageContaining("does not exist");
    assertThatExceptionOfType(MeshUnavailableException.class)
        .isThrownBy(() -> apply(Samples.importOf(WEB, "10.0.0.1")));
    assertThat(folder).doesNotExist();
  }

  @Test
  void doesNotAnswerWhatItOwnsBeforeItHasLooked() {
    assertThatExceptionOfType(MeshUnavailableException.class).isThrownBy(() -> sink.owned());
  }

  @Test
  void givesEveryServiceItsOwnFileWhateverItsName() throws Exception {
    // Given
    sink.start(touched::add);
    var generators = new ModelGenerators(new SplittableRandom(1));
    Map<ServiceKey, Import> wanted = new HashMap<>();
    for (int i = 0; i < 60; i++) {
      var key = generators.serviceKey();
      wanted.put(key, Samples.importNamed("n" + i, key, "10.0.0.1"));
    }

    // When
    for (Import service : wanted.values()) {
      assertThat(apply(service)).isInstanceOf(ApplyOutcome.Applied.class);
    }

    // Then
    assertThat(listing()).hasSameSizeAs(wanted.keySet());
    assertThat(sink.owned().keySet()).isEqualTo(wanted.keySet());
    for (ServiceKey key : wanted.keySet()) {
      assertThat(sink.remove(key, WritePermit.ALWAYS)).isTrue();
    }
    assertThat(listing()).isEmpty();
  }

  @Test
  void letsNoServiceTakeTheFileOfAnotherByItsName() throws Exception {
    // Given
    var tamed = Samples.key("west", "shop", "Web");
    var posing = Samples.key("west", "shop", NameSyntax.label("Web"));
    sink.start(touched::add);
    apply(Samples.importOf(tamed, "10.0.0.1"));

    // When
    var outcome = apply(Samples.importNamed("posing", posing, "10.6.6.6"));

    // Then
    assertThat(outcome)
        .isEqualTo(new ApplyOutcome.Conflict("posing", "the import of west/shop/Web"));
    assertThat(sink.owned()).containsOnlyKeys(tamed);

    // When
    sink.remove(tamed, WritePermit.ALWAYS);

    // Then
    awaitTouched(posing);
  }

  @Test
  void writesJsonForMakesThatKeepJson() throws Exception {
    try (var json = Rig.connect(folder, FileFormat.JSON)) {
      json.sink().start(touched::add);
      json.sink().apply(Samples.importOf(WEB, "10.0.0.1"), WritePermit.ALWAYS);

      assertThat(listing()).containsExactly("west.shop.web.http.json");
      assertThat(json.sink().owned()).containsOnlyKeys(WEB);
    }
  }

  private ApplyOutcome apply(Import service) throws Exception {
    return sink.apply(service, WritePermit.ALWAYS);
  }

  private void awaitTouched(ServiceKey service) {
    await().untilAsserted(() -> assertThat(touched).contains(service));
  }

  private Path fileOf(ServiceKey service) {
    return imports.resolve("west.shop." + service.name() + ".http.yaml");
  }

  /** All files, also hidden ones. */
  private List<String> listing() throws IOException {
    try (var files = Files.list(imports)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static byte[] bytesFor(String federation, String mesh) {
    var context = new WriteContext(federation, new MeshId(mesh), "");
    var translated =
        new ToyTranslator(FileFormat.YAML).write(Samples.importOf(WEB, "10.0.0.1"), context);
    return switch (translated) {
      case Translation.Written written ->
          new ManifestWriter().write(written.documents(), FileFormat.YAML);
      case Translation.Refused refused -> throw new AssertionError(refused);
    };
  }

  private static Import withPorts(ServicePort... ports) {
    return changed(List.of(ports), AccessPolicy.OPEN);
  }

  private static Import guarded() {
    return changed(List.of(Samples.HTTP), AccessPolicy.meshIdentityRequired("STRICT"));
  }

  private static Import changed(List<ServicePort> ports, AccessPolicy access) {
    var plain = Samples.importOf(WEB, "10.0.0.1");
    var export = plain.export();
    return new Import(
        plain.name(),
        new Export(
            WEB,
            ports,
            export.labels(),
            export.hostnames(),
            export.firstSeen(),
            export.path(),
            access),
        plain.endpoints(),
        plain.origin());
  }
}
