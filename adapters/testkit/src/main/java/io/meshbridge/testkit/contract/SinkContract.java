package io.meshbridge.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Health;
import io.meshbridge.model.Import;
import io.meshbridge.model.Locality;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.NotLeadingException;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.testkit.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every sink keeps to, whatever the mesh. Extend it and bring the rig. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class SinkContract {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ServiceKey WEB = Samples.key("away", "shop", "web");
  private static final ServiceKey CART = Samples.key("away", "shop", "cart");
  private static final WritePermit NONE =
      () -> {
        throw new NotLeadingException("another bridge leads");
      };

  private final Set<ServiceKey> touched = ConcurrentHashMap.newKeySet();
  private MeshRig rig;
  private MeshConnection connection;
  private Sink sink;

  /** For subclasses. */
  @SuppressWarnings("NullAway.Init")
  protected SinkContract() {}

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
  void connect() throws Exception {
    rig.clear();
    reconnect();
  }

  @AfterEach
  void disconnect() {
    connection.close();
  }

  @Test
  void writesOnceWhenItIsAskedTwice() throws Exception {
    var web = importOf(WEB, "10.3.0.1", "10.3.0.2");

    var first = sink.apply(web, WritePermit.ALWAYS);
    var written = versions();
    var second = sink.apply(web, WritePermit.ALWAYS);

    assertThat(first).isInstanceOf(ApplyOutcome.Applied.class);
    assertThat(((ApplyOutcome.Applied) first).written()).isTrue();
    assertThat(((ApplyOutcome.Applied) first).name()).isEqualTo(web.name());
    assertThat(written).isNotEmpty();
    assertUnwritten(second);
    assertThat(versions()).isEqualTo(written);
  }

  @Test
  void writesTheDifferenceWhenTheImportChanges() throws Exception {
    sink.apply(importOf(WEB, "10.3.0.1", "10.3.0.2"), WritePermit.ALWAYS);
    var cart = importOf(CART, "10.3.1.1");
    sink.apply(cart, WritePermit.ALWAYS);
    var neighbour = versionsOf(CART);

    sink.apply(importOf(WEB, "10.3.0.2", "10.3.0.3"), WritePermit.ALWAYS);

    assertThat(text()).contains("10.3.0.2", "10.3.0.3").doesNotContain("10.3.0.1");
    assertThat(versionsOf(CART)).isEqualTo(neighbour);
  }

  @Test
  void writesNothingAfterARestartAndKnowsAllThatIsItsOwn() throws Exception {
    var web = importOf(WEB, "10.3.0.1");
    var cart = importOf(CART, "10.3.0.2");
    sink.apply(web, WritePermit.ALWAYS);
    sink.apply(cart, WritePermit.ALWAYS);
    var owned = sink.owned();
    var before = versions();

    connection.close();
    reconnect();

    assertThat(sink.owned()).containsOnlyKeys(WEB, CART).isEqualTo(owned);
    assertThat(sink.holds(WEB)).isTrue();
    assertThat(sink.holds(Samples.key("away", "shop", "nobody"))).isFalse();
    assertUnwritten(sink.apply(web, WritePermit.ALWAYS));
    assertUnwritten(sink.apply(cart, WritePermit.ALWAYS));
    assertThat(versions()).isEqualTo(before);
  }

  @Test
  void putsItsMarkOnEverythingThatItWrites() throws Exception {
    rig.put(HomeService.marked("home", "10.1.0.1"));
    var before = versions().keySet();

    sink.apply(importOf(WEB, "10.3.0.1"), WritePermit.ALWAYS);

    var written = new TreeMap<>(rig.objects());
    written.keySet().removeAll(before);
    assertThat(written).isNotEmpty();
    assertThat(written.values())
        .allSatisfy(
            object ->
                assertThat(rig.translator().ownership(object.document()))
                    .hasValueSatisfying(
                        mark -> {
                          assertThat(mark.isOf(Samples.FEDERATION, rig.mesh().id())).isTrue();
                          assertThat(mark.service()).isEqualTo(WEB);
                          assertThat(mark.path()).isEqualTo(Samples.export(WEB).path());
                          assertThat(mark.contentHash()).isNotBlank();
                        }));
  }

  @Test
  void leavesATakenNameAloneAndComesBackWhenItIsFree() throws Exception {
    var web = importOf(WEB, "10.3.0.1");
    var theirs = rig.occupy(web);
    var untouched = versions();

    await("the name is known to be taken")
        .atMost(PATIENCE)
        .until(() -> sink.apply(web, WritePermit.ALWAYS) instanceof ApplyOutcome.Conflict);

    assertThat(versions()).containsAllEntriesOf(untouched);
    assertThat(ownObjects(WEB)).isEmpty();
    rig.delete(theirs);
    actUntil(web, () -> !ownObjects(WEB).isEmpty());
    assertUnwritten(sink.apply(web, WritePermit.ALWAYS));
  }

  @Test
  void yieldsANameThatIsTakenAfterwardsAndComesBackWhenItIsFree() throws Exception {
    var web = importOf(WEB, "10.3.0.1");
    sink.apply(web, WritePermit.ALWAYS);
    touched.clear();

    var theirs = rig.occupy(web);
    var untouched = version(theirs);
    actUntil(web, () -> ownObjects(WEB).isEmpty() && touched.isEmpty());

    assertThat(sink.apply(web, WritePermit.ALWAYS)).isInstanceOf(ApplyOutcome.Conflict.class);
    assertThat(version(theirs)).isEqualTo(untouched);
    rig.delete(theirs);
    actUntil(web, () -> !ownObjects(WEB).isEmpty());
  }

  @Test
  void removesEverythingOfItsOwnAndNothingElse() throws Exception {
    rig.put(HomeService.marked("home", "10.1.0.1"));
    var foreign = rig.occupy(importOf(Samples.key("away", "shop", "theirs"), "10.4.0.1"));
    var people = versions();
    sink.apply(importOf(WEB, "10.3.0.1", "10.3.0.2"), WritePermit.ALWAYS);
    sink.apply(importOf(CART, "10.3.1.1"), WritePermit.ALWAYS);
    var neighbour = versionsOf(CART);

    var removed = sink.remove(WEB, WritePermit.ALWAYS);
    var again = sink.remove(WEB, WritePermit.ALWAYS);

    assertThat(removed).isTrue();
    assertThat(again).isFalse();
    assertThat(ownObjects(WEB)).isEmpty();
    assertThat(versionsOf(CART)).isEqualTo(neighbour);
    assertThat(sink.remove(CART, WritePermit.ALWAYS)).isTrue();
    assertThat(versions()).isEqualTo(people).containsKey(foreign);
    assertThat(sink.owned()).isEmpty();
    assertThat(sink.holds(CART)).isFalse();
  }

  @Test
  void hearsOfEachFieldThatSomebodySpoilsAndRepairsIt() throws Exception {
    var web = importOf(WEB, "10.3.0.1", "10.3.0.2");
    sink.apply(web, WritePermit.ALWAYS);
    var right = contents();

    for (Tampering tampering : rig.tamperings(web)) {
      touched.clear();
      tampering.deed().run();
      assertThat(contents()).as("%s is spoilt", tampering.field()).isNotEqualTo(right);

      actUntil(web, () -> contents().equals(right), "repair of " + tampering.field());

      assertUnwritten(sink.apply(web, WritePermit.ALWAYS));
    }
  }

  @Test
  void writesAgainWhatSomebodyDeleted() throws Exception {
    var web = importOf(WEB, "10.3.0.1");
    sink.apply(web, WritePermit.ALWAYS);
    var right = contents();
    touched.clear();

    ownObjects(WEB).keySet().forEach(rig::delete);
    assertThat(contents()).isNotEqualTo(right);

    actUntil(web, () -> contents().equals(right));
  }

  @Test
  void writesNothingWithoutAPermit() throws Exception {
    var nothing = versions();
    assertThatThrownBy(() -> sink.apply(importOf(WEB, "10.3.0.1"), NONE))
        .isInstanceOf(NotLeadingException.class);
    assertThat(versions()).isEqualTo(nothing);

    sink.apply(importOf(WEB, "10.3.0.1"), WritePermit.ALWAYS);
    var standing = versions();

    assertThatThrownBy(() -> sink.apply(importOf(WEB, "10.3.0.9"), NONE))
        .isInstanceOf(NotLeadingException.class);
    assertThatThrownBy(() -> sink.remove(WEB, NONE)).isInstanceOf(NotLeadingException.class);
    assertThat(versions()).isEqualTo(standing);
    assertUnwritten(sink.apply(importOf(WEB, "10.3.0.1"), NONE));
  }

  @Test
  void emptiesEndpointsAndFillsThemAgain() throws Exception {
    var web = importOf(WEB, "10.3.0.1");
    sink.apply(web, WritePermit.ALWAYS);
    var right = contents();

    assertThat(sink.apply(importOf(WEB), WritePermit.ALWAYS))
        .isInstanceOf(ApplyOutcome.Applied.class);

    assertThat(text()).doesNotContain("10.3.0.1");
    assertUnwritten(sink.apply(importOf(WEB), WritePermit.ALWAYS));
    sink.apply(web, WritePermit.ALWAYS);
    assertThat(contents()).isEqualTo(right);
  }

  @Test
  void holdsAThousandEndpoints() throws Exception {
    var addresses =
        IntStream.range(0, 1_000).mapToObj(i -> "10.5." + i / 250 + "." + (i % 250 + 1)).toList();
    var many = importOf(WEB, addresses.toArray(String[]::new));

    var outcome = sink.apply(many, WritePermit.ALWAYS);

    assertThat(outcome).isInstanceOf(ApplyOutcome.Applied.class);
    var standing = text();
    assertThat(addresses).allSatisfy(address -> assertThat(standing).contains(address));
    assertUnwritten(sink.apply(many, WritePermit.ALWAYS));
    sink.apply(importOf(WEB, addresses.getFirst()), WritePermit.ALWAYS);
    assertThat(text()).doesNotContain(addresses.getLast());
  }

  @Test
  void writesUnicodeLabelsOrSaysThatTheyAreLost() throws Exception {
    var labels = Map.of("größe", "überall", "rakete", "🚀", "gerade", "eben");
    var plain = importOf(WEB, "10.3.0.1");
    var endpoint =
        new Endpoint(
            "10.3.0.1",
            new TreeMap<>(Map.of(Samples.HTTP.name(), 8080)),
            Health.READY,
            1,
            Locality.UNKNOWN,
            "",
            new TreeMap<>(labels),
            "");
    var web =
        new Import(
            plain.name(), plain.export(), EndpointList.of(List.of(endpoint)), plain.origin());

    var outcome = sink.apply(web, WritePermit.ALWAYS);

    assertThat(outcome).isInstanceOf(ApplyOutcome.Applied.class);
    var losses = ((ApplyOutcome.Applied) outcome).losses();
    var standing = text();
    labels.forEach(
        (key, value) ->
            assertThat(
                    standing.contains(key + "=" + value)
                        || losses.stream()
                            .anyMatch(l -> l.path().contains(key) || l.path().endsWith(".labels")))
                .as("label %s=%s stands or is told as lost: %s, %s", key, value, standing, losses)
                .isTrue());
    assertUnwritten(sink.apply(web, WritePermit.ALWAYS));
  }

  @Test
  void doesNotStartWhileTheMeshCannotBeRead() {
    rig.breakReading();

    try (var another = rig.connect()) {
      assertThatThrownBy(() -> another.sink().start(service -> {}))
          .isInstanceOf(MeshUnavailableException.class);
      assertThatThrownBy(() -> another.sink().owned()).isInstanceOf(MeshUnavailableException.class);
    }
  }

  @Test
  void saysThatTheMeshIsAwayAndWritesAfterItsReturn() throws Exception {
    sink.apply(importOf(WEB, "10.3.0.1"), WritePermit.ALWAYS);
    var standing = versions();
    rig.breakReading();

    assertThatThrownBy(() -> sink.apply(importOf(WEB, "10.3.0.9"), WritePermit.ALWAYS))
        .isInstanceOf(MeshUnavailableException.class);
    assertThat(versions()).isEqualTo(standing);

    rig.restoreReading();
    await("the write succeeds")
        .atMost(PATIENCE)
        .ignoreExceptionsMatching(MeshUnavailableException.class::isInstance)
        .until(
            () ->
                sink.apply(importOf(WEB, "10.3.0.9"), WritePermit.ALWAYS)
                    instanceof ApplyOutcome.Applied);
    assertThat(text()).contains("10.3.0.9").doesNotContain("10.3.0.1");
    assertThat(sink.owned()).containsOnlyKeys(WEB);
  }

  @Test
  void hearsOfWhatHappenedWhileTheMeshWasAway() throws Exception {
    var web = importOf(WEB, "10.3.0.1");
    var cart = importOf(CART, "10.3.1.1");
    sink.apply(web, WritePermit.ALWAYS);
    sink.apply(cart, WritePermit.ALWAYS);
    var right = contents();
    var neighbour = versionsOf(CART);
    // Before the mesh goes: a sink that looks just then may well be the first to tell.
    touched.clear();
    rig.breakReading();
    ownObjects(WEB).keySet().forEach(rig::delete);

    rig.restoreReading();

    actUntil(web, () -> contents().equals(right));
    assertThat(versionsOf(CART)).isEqualTo(neighbour);
  }

  @Test
  void closesTwiceAndUnstarted() {
    var unstarted = rig.connect();

    unstarted.close();
    unstarted.close();

    assertThat(versions()).isEmpty();
  }

  private void reconnect() throws Exception {
    touched.clear();
    connection = rig.connect();
    sink = connection.sink();
    sink.start(touched::add);
  }

  private Import importOf(ServiceKey service, String... addresses) {
    return Samples.importNamed(rig.importName(service), service, addresses);
  }

  /** Does what the host does, to apply what was touched, until it is so. */
  private void actUntil(Import wanted, BooleanSupplier reached) {
    actUntil(wanted, reached, "the sink is told and acts");
  }

  private void actUntil(Import wanted, BooleanSupplier reached, String what) {
    await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              if (touched.remove(wanted.service())) {
                act(wanted);
              }
              return reached.getAsBoolean();
            });
  }

  private void act(Import wanted) throws InterruptedException {
    try {
      sink.apply(wanted, WritePermit.ALWAYS);
    } catch (MeshUnavailableException away) {
      // As the host: again, until the mesh is back.
      touched.add(wanted.service());
    }
  }

  private static void assertUnwritten(ApplyOutcome outcome) {
    assertThat(outcome).isInstanceOf(ApplyOutcome.Applied.class);
    assertThat(((ApplyOutcome.Applied) outcome).written()).isFalse();
  }

  private SortedMap<String, NativeObject> ownObjects(ServiceKey service) {
    var own = new TreeMap<>(rig.objects());
    own.values().removeIf(object -> !isOwn(object, service));
    return own;
  }

  private boolean isOwn(NativeObject object, ServiceKey service) {
    return rig.translator()
        .ownership(object.document())
        .filter(mark -> mark.isOf(Samples.FEDERATION, rig.mesh().id()))
        .map(Ownership::service)
        .filter(service::equals)
        .isPresent();
  }

  private SortedMap<String, String> versions() {
    return versionsIn(rig.objects());
  }

  private SortedMap<String, String> versionsOf(ServiceKey service) {
    return versionsIn(ownObjects(service));
  }

  private static SortedMap<String, String> versionsIn(SortedMap<String, NativeObject> objects) {
    var versions = new TreeMap<String, String>();
    objects.forEach((name, object) -> versions.put(name, object.version()));
    return versions;
  }

  private String version(String object) {
    return versions().getOrDefault(object, "gone");
  }

  private SortedMap<String, Map<String, Object>> contents() {
    var contents = new TreeMap<String, Map<String, Object>>();
    rig.objects().forEach((name, object) -> contents.put(name, object.document().content()));
    return contents;
  }

  private String text() {
    return contents().toString();
  }
}
