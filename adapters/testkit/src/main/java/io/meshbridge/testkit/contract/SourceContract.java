package io.meshbridge.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.meshbridge.model.Endpoint;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.Observation;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.Translator;
import io.meshbridge.testkit.Samples;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every source keeps to, whatever the mesh. Extend it and bring the rig. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class SourceContract {
  private static final HomeService WEB = HomeService.marked("web", "10.1.0.1");
  private static final HomeService CART = HomeService.marked("cart", "10.1.0.2");

  private MeshRig rig;

  /** For subclasses. */
  @SuppressWarnings("NullAway.Init")
  protected SourceContract() {}

  /** Starts the mesh; it is closed after the last test. */
  protected abstract MeshRig startRig();

  @BeforeAll
  void start() {
    rig = startRig();
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  @BeforeEach
  void clear() {
    rig.clear();
  }

  @Test
  void tellsAllThatIsMarkedThenThatItWasAllThenChanges() {
    var web = rig.put(WEB);
    var cart = rig.put(CART);
    rig.put(HomeService.marked("hidden", "10.1.0.3").unmarked());

    try (var source = new RunningSource(rig.connect())) {
      var complete = source.heard().awaitComplete(1);

      var before = source.heard().all();
      assertThat(complete.services()).containsExactlyInAnyOrder(web, cart);
      assertThat(offeredBefore(complete, before)).containsExactlyInAnyOrder(web, cart);
      assertThat(source.heard().lastOffer(web))
          .hasValueSatisfying(
              offer -> {
                assertThat(addresses(offer)).containsExactly("10.1.0.1");
                assertThat(offer.path()).isEqualTo(FederationPath.startingAt(rig.mesh().id()));
              });

      rig.put(WEB.at("10.1.0.1", "10.1.0.9"));
      var late = rig.put(HomeService.marked("late", "10.1.0.4"));

      source.heard().awaitOffer(web, offer -> addresses(offer).contains("10.1.0.9"));
      source.heard().awaitOffer(late);
      assertThat(source.count(Observation.Withdrawn.class)).isZero();
      assertThat(source.count(Observation.Interrupted.class)).isZero();
    }
  }

  @Test
  void saysThatNothingIsMarked() {
    rig.put(WEB.unmarked());

    try (var source = new RunningSource(rig.connect())) {
      assertThat(source.heard().awaitComplete(1).services()).isEmpty();
      assertThat(source.count(Observation.Offered.class)).isZero();
    }
  }

  @Test
  void withdrawsNothingWhileTheMeshCannotBeReadAndSaysSoOnce() {
    var web = rig.put(WEB);
    var cart = rig.put(CART);

    try (var source = new RunningSource(rig.connect())) {
      source.heard().awaitComplete(1);
      rig.breakReading();
      source.heard().await(Observation.Interrupted.class);
      rig.remove(CART);
      var late = rig.put(HomeService.marked("late", "10.1.0.4"));
      assertThat(source.count(Observation.Withdrawn.class)).isZero();

      rig.restoreReading();

      var complete = source.heard().awaitComplete(2);
      assertThat(complete.services()).contains(web);
      assertThat(offeredBefore(complete, source.heard().all())).containsAll(complete.services());
      // A kind whose reading was cut, but not found broken, may say what it missed a moment later.
      source.heard().awaitOffer(late);
      source.heard().await(Observation.class, said -> isGone(said, cart));
      assertThat(source.heard().all(Observation.Withdrawn.class))
          .extracting(Observation.Withdrawn::service)
          .isSubsetOf(List.of(cart));
      assertThat(source.count(Observation.Interrupted.class)).isEqualTo(1);
    }
  }

  @Test
  void concludesNothingBeforeItHasReadTheMesh() {
    var web = rig.put(WEB);
    rig.breakReading();

    try (var source = new RunningSource(rig.connect())) {
      source.heard().await(Observation.Interrupted.class);
      assertThat(source.heard().completions()).isZero();

      rig.restoreReading();

      assertThat(source.heard().awaitComplete(1).services()).containsExactly(web);
      assertThat(source.heard().lastOffer(web)).isPresent();
      assertThat(source.count(Observation.Interrupted.class)).isEqualTo(1);
    }
  }

  @Test
  void withdrawsWhatLosesItsMark() {
    var web = rig.put(WEB);
    rig.put(CART);

    try (var source = new RunningSource(rig.connect())) {
      source.heard().awaitComplete(1);

      rig.put(WEB.unmarked());

      source.heard().awaitWithdrawn(web);
      assertThat(source.heard().all(Observation.Withdrawn.class))
          .extracting(Observation.Withdrawn::service)
          .containsOnly(web);
    }
  }

  @Test
  void withdrawsWhatIsDeletedAndOffersItAgainWhenItIsBack() {
    var web = rig.put(WEB);
    rig.put(CART);

    try (var source = new RunningSource(rig.connect())) {
      source.heard().awaitComplete(1);

      rig.remove(WEB);
      source.heard().awaitWithdrawn(web);
      source.heard().forget();
      rig.put(WEB);

      source.heard().awaitOffer(web);
      assertThat(source.count(Observation.Withdrawn.class)).isZero();
    }
  }

  @Test
  void tellsEverythingAgainWhenItRunsAgain() throws InterruptedException {
    var web = rig.put(WEB);

    try (var connection = rig.connect()) {
      var first = new RunningSource(connection);
      first.heard().awaitComplete(1);
      assertThat(first.ends()).isTrue();
      var second = new RunningSource(connection);

      assertThat(second.heard().awaitComplete(1).services()).containsExactly(web);
      assertThat(second.heard().lastOffer(web)).isPresent();
      assertThat(second.ends()).isTrue();
    }
  }

  @Test
  void doesNotOfferWhatOtherToolsMirrored() {
    var web = rig.put(WEB);
    assumeThat(rig.putMirrored(HomeService.marked("mirrored", "10.1.0.5")))
        .as("some tool mirrors services into a mesh of this make")
        .isTrue();

    try (var source = new RunningSource(rig.connect())) {
      assertThat(source.heard().awaitComplete(1).services()).containsExactly(web);
      assertThat(offered(source.heard().all())).containsOnly(web);
    }
  }

  @Test
  void offersAnImportThatIsMarkedWithItsPathAndThisMeshAtTheEnd() {
    var service = Samples.key("away", "shop", "books");
    var imported = Samples.importNamed(rig.importName(service), service, "10.3.0.1");
    var key = rig.putExported(imported);

    try (var source = new RunningSource(rig.connect())) {
      source.heard().awaitComplete(1);

      assertThat(source.heard().lastOffer(key))
          .hasValueSatisfying(
              offer ->
                  assertThat(offer.path())
                      .isEqualTo(new FederationPath(List.of(new MeshId("away"), rig.mesh().id()))));
    }
  }

  @Test
  void whatItOffersStandsInItsDocumentsToo() throws Exception {
    rig.put(WEB);
    rig.put(HomeService.marked("hidden", "10.1.0.3").unmarked());
    rig.putMirrored(HomeService.marked("mirrored", "10.1.0.5"));
    var service = Samples.key("away", "shop", "books");
    rig.putExported(Samples.importNamed(rig.importName(service), service, "10.3.0.1"));
    rig.putStrange();

    try (var source = new RunningSource(rig.connect());
        var connection = rig.connect()) {
      var complete = source.heard().awaitComplete(1);
      var read = connection.documents();
      var reading =
          connection.translator().read(read.documents(), read.mesh(), Translator.Selection.MARKED);

      var said = new HashSet<>(reading.unreadable().keySet());
      reading.offers().forEach(offer -> said.add(offer.key()));
      assertThat(said).isEqualTo(complete.services());
      assertThat(reading.offers())
          .isNotEmpty()
          .allSatisfy(offer -> assertThat(source.heard().lastOffer(offer.key())).contains(offer));
      assertThat(read.mesh())
          .isEqualTo(source.heard().all(Observation.Described.class).getLast().mesh());
    }
  }

  @Test
  void hasNoDocumentsWhileTheMeshCannotBeRead() {
    rig.put(WEB);
    rig.breakReading();

    try (var connection = rig.connect()) {
      assertThatThrownBy(connection::documents).isInstanceOf(MeshUnavailableException.class);
    } finally {
      rig.restoreReading();
    }
  }

  @Test
  void losesNoNeighbourOfAStrangeService() {
    var web = rig.put(WEB);
    var strange = rig.putStrange();
    var cart = rig.put(CART);

    try (var source = new RunningSource(rig.connect())) {
      var complete = source.heard().awaitComplete(1);

      assertThat(offered(source.heard().all())).contains(web, cart);
      var all = new HashSet<>(strange);
      all.add(web);
      all.add(cart);
      assertThat(complete.services()).isEqualTo(all);
      var spokenOf = new HashSet<>(offered(source.heard().all()));
      source.heard().all(Observation.Unreadable.class).forEach(o -> spokenOf.add(o.service()));
      assertThat(spokenOf).isEqualTo(all);
      assertThat(source.heard().all(Observation.Unreadable.class))
          .allSatisfy(o -> assertThat(o.reason()).isNotBlank());
    }
  }

  @Test
  void offersAThousandServicesEachOnce() {
    rig.putAll(
        IntStream.range(0, 1_000)
            .mapToObj(i -> HomeService.marked("s" + i, "10.2." + i / 250 + "." + i % 250))
            .toList());

    try (var source = new RunningSource(rig.connect())) {
      var complete = source.heard().awaitComplete(1);

      assertThat(complete.services()).hasSize(1_000);
      var offered = new ArrayList<>(offered(source.heard().all()));
      assertThat(offered).hasSize(1_000).doesNotHaveDuplicates();
      assertThat(new HashSet<>(offered)).isEqualTo(complete.services());
    }
  }

  private static List<ServiceKey> offered(List<Observation> all) {
    return all.stream()
        .filter(Observation.Offered.class::isInstance)
        .map(o -> ((Observation.Offered) o).offer().key())
        .toList();
  }

  private static boolean isGone(Observation said, ServiceKey service) {
    return switch (said) {
      case Observation.Withdrawn withdrawn -> withdrawn.service().equals(service);
      case Observation.Complete complete -> !complete.services().contains(service);
      default -> false;
    };
  }

  private static TreeSet<ServiceKey> offeredBefore(
      Observation.Complete complete, List<Observation> all) {
    return new TreeSet<>(offered(all.subList(0, all.indexOf(complete))));
  }

  private static List<String> addresses(Offer offer) {
    return offer.endpoints().endpoints().stream().map(Endpoint::address).toList();
  }
}
