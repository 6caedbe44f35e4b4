package io.meshbridge.adapter.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meshbridge.model.EndpointList;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.Observation;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.Translator.FileFormat;
import io.meshbridge.testkit.RecordingObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesSourceTest {
  private final RecordingObserver observer = new RecordingObserver();
  private final AtomicBoolean ended = new AtomicBoolean();
  @TempDir private Path temp;
  private Path folder;
  private MeshConnection connection;
  private Thread run;

  @BeforeEach
  void connect() throws IOException {
    folder = Files.createDirectory(temp.resolve("mesh"));
    connection = Rig.connect(folder, FileFormat.YAML);
    run = Thread.ofVirtual().unstarted(this::run);
  }

  @AfterEach
  void leavesNoThread() throws InterruptedException {
    connection.close();
    run.interrupt();
    assertThat(run.join(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void tellsWhatIsThereAndThatThisWasAll() throws IOException {
    toy("web.yaml", "web", "10.0.0.1");
    toy("sub/db.yaml", "db", "10.0.0.2");

    run.start();

    assertThat(observer.awaitComplete(1).services())
        .containsExactlyInAnyOrder(Rig.service("web"), Rig.service("db"));
    assertThat(observer.all().getFirst()).isInstanceOf(Observation.Described.class);
    assertThat(observer.all(Observation.Offered.class)).hasSize(2);
  }

  @Test
  void takesAnEmptyFolderForACompleteAnswer() {
    run.start();

    assertThat(observer.awaitComplete(1).services()).isEmpty();
  }

  @Test
  void tellsChangesAndNothingElse() throws IOException {
    toy("web.yaml", "web", "10.0.0.1");
    toy("db.yaml", "db", "10.0.0.2");
    run.start();
    observer.awaitComplete(1);
    observer.forget();

    toy("web.yaml", "web", "10.0.0.9");

    observer.awaitOffer(Rig.service("web"), offer -> hasHost(offer, "10.0.0.9"));
    assertThat(observer.all()).hasSize(1);
  }

  @Test
  void seesFilesInFoldersThatAreNew() throws IOException {
    run.start();
    observer.awaitComplete(1);

    toy("new/newer/web.yaml", "web", "10.0.0.1");

    observer.awaitOffer(Rig.service("web"));
  }

  @Test
  void withdrawsAServiceWhoseFileIsDeletedOrWhoseMarkIsGone() throws IOException {
    toy("web.yaml", "web", "10.0.0.1");
    toy("db.yaml", "db", "10.0.0.2");
    run.start();
    observer.awaitComplete(1);

    Files.delete(folder.resolve("web.yaml"));
    put("db.yaml", "name: db\nport: 80\n");

    observer.awaitWithdrawn(Rig.service("web"));
    observer.awaitWithdrawn(Rig.service("db"));
    assertThat(observer.all(Observation.Interrupted.class)).isEmpty();
  }

  @Test
  void withdrawsNothingWhileAFileIsHalfWritten() throws IOException {
    // Given
    toy("web.yaml", "web", "10.0.0.1");
    toy("db.yaml", "db", "10.0.0.2");
    run.start();
    observer.awaitComplete(1);

    // When
    put("web.yaml", "name: web\nexport: [tr");
    Files.delete(folder.resolve("db.yaml"));
    toy("new.yaml", "new", "10.0.0.3");

    // Then
    observer.awaitOffer(Rig.service("new"));
    assertThat(observer.all(Observation.Withdrawn.class)).isEmpty();

    // When
    toy("web.yaml", "web", "10.0.0.1");

    // Then
    observer.awaitWithdrawn(Rig.service("db"));
    assertThat(observer.all(Observation.Withdrawn.class)).hasSize(1);
  }

  @Test
  void withdrawsNothingWhenAFileIsCutToNothing() throws IOException {
    toy("web.yaml", "web", "10.0.0.1");
    run.start();
    observer.awaitComplete(1);

    put("web.yaml", "");
    toy("new.yaml", "new", "10.0.0.3");

    observer.awaitOffer(Rig.service("new"));
    assertThat(observer.all(Observation.Withdrawn.class)).isEmpty();
  }

  @Test
  void withdrawsNothingWhileALinkLeadsNowhere() throws IOException {
    // Given
    toy("../elsewhere/web.yaml", "web", "10.0.0.1");
    toy("../disk/team/db.yaml", "db", "10.0.0.2");
    Files.createSymbolicLink(folder.resolve("web.yaml"), temp.resolve("elsewhere/web.yaml"));
    Files.createSymbolicLink(folder.resolve("team"), temp.resolve("disk/team"));
    run.start();
    assertThat(observer.awaitComplete(1).services()).hasSize(2);

    // When
    Files.move(temp.resolve("elsewhere"), temp.resolve("away"));
    toy("new.yaml", "new", "10.0.0.3");
    observer.awaitOffer(Rig.service("new"));
    Files.move(temp.resolve("disk"), temp.resolve("unmounted"));
    observer.await(Observation.Interrupted.class);
    Files.move(temp.resolve("away"), temp.resolve("elsewhere"));
    Files.move(temp.resolve("unmounted"), temp.resolve("disk"));

    // Then
    observer.awaitComplete(2);
    assertThat(observer.all(Observation.Withdrawn.class)).isEmpty();
  }

  @Test
  void withdrawsNothingWhileTheFolderIsAway() throws IOException {
    // Given
    toy("web.yaml", "web", "10.0.0.1");
    run.start();
    observer.awaitComplete(1);
    var away = temp.resolve("away");

    // When
    Files.move(folder, away);

    // Then
    observer.await(Observation.Interrupted.class);

    // When
    Files.move(away, folder);

    // Then
    assertThat(observer.awaitComplete(2).services()).containsExactly(Rig.service("web"));
    assertThat(observer.all(Observation.Withdrawn.class)).isEmpty();
    assertThat(observer.all(Observation.Interrupted.class)).hasSize(1);
  }

  @Test
  void takesAnotherEmptyFolderInItsPlaceForAnUnmountedOne() throws IOException {
    // Given
    toy("web.yaml", "web", "10.0.0.1");
    run.start();
    observer.awaitComplete(1);
    var mountPoint = Files.createDirectory(temp.resolve("mount-point"));
    var away = temp.resolve("away");

    // When
    Files.move(folder, away);
    Files.move(mountPoint, folder);

    // Then
    observer.await(Observation.Interrupted.class);

    // When
    Files.delete(folder);
    Files.move(away, folder);

    // Then
    observer.awaitComplete(2);
    assertThat(observer.all(Observation.Withdrawn.class)).isEmpty();
  }

  @Test
  void concludesNothingFromAFolderThatWasNeverReadWhole() throws IOException {
    toy("web.yaml", "web", "10.0.0.1");
    put("broken.yaml", "name: [");
    run.start();
    observer.await(Observation.Interrupted.class);
    assertThat(observer.all(Observation.Offered.class)).isEmpty();

    put("broken.yaml", "name: mended\n");

    assertThat(observer.awaitComplete(1).services()).containsExactly(Rig.service("web"));
  }

  @Test
  void isNotCompleteWhileAnObjectCannotBeNamed() throws IOException {
    put("nameless.yaml", "export: true\n");
    toy("web.yaml", "web", "10.0.0.1");
    run.start();
    observer.await(Observation.Interrupted.class);
    assertThat(observer.completions()).isZero();

    Files.delete(folder.resolve("nameless.yaml"));

    assertThat(observer.awaitComplete(1).services()).containsExactly(Rig.service("web"));
  }

  @Test
  void namesAServiceThatCannotBeRead() throws IOException {
    put("web.yaml", "name: web\nexport: true\nport: http\n");

    run.start();

    assertThat(observer.awaitComplete(1).services()).containsExactly(Rig.service("web"));
    assertThat(observer.await(Observation.Unreadable.class).service())
        .isEqualTo(Rig.service("web"));
  }

  @Test
  void waitsForAFolderThatIsNotThereYet() throws IOException {
    Files.delete(folder);
    run.start();
    observer.await(Observation.Interrupted.class);

    toy("web.yaml", "web", "10.0.0.1");

    observer.awaitOffer(Rig.service("web"));
  }

  @Test
  void endsWhenTheConnectionIsClosed() {
    run.start();
    observer.awaitComplete(1);

    connection.close();
    connection.close();

    await().untilTrue(ended);
  }

  private void run() {
    try {
      connection.source().run(observer);
    } catch (InterruptedException expected) {
      ended.set(true);
    }
  }

  private static boolean hasHost(Offer offer, String host) {
    EndpointList endpoints = offer.endpoints();
    return endpoints.endpoints().stream().anyMatch(endpoint -> endpoint.address().equals(host));
  }

  private void toy(String file, String name, String host) throws IOException {
    put(file, "name: " + name + "\nexport: true\nport: 80\nhosts: [" + host + "]\n");
  }

  /** At once, as tools of care do it; what is half written is written so by the test. */
  private void put(String file, String text) throws IOException {
    var path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    var hidden = path.resolveSibling("." + path.getFileName());
    Files.writeString(hidden, text);
    Files.move(hidden, path, StandardCopyOption.ATOMIC_MOVE);
  }
}
