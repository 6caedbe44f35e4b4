package io.meshbridge.translation;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.adapter.consul.ConsulAdapter;
import io.meshbridge.adapter.istio.IstioAdapter;
import io.meshbridge.adapter.linkerd.LinkerdAdapter;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Location;
import io.meshbridge.model.Marks;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Translation;
import io.meshbridge.spi.Translator;
import io.meshbridge.spi.Translator.WriteContext;
import io.meshbridge.testkit.Samples;
import io.meshbridge.translation.ObjectChange.Added;
import io.meshbridge.translation.ObjectChange.Changed;
import io.meshbridge.translation.ObjectChange.Removed;
import io.meshbridge.translation.ObjectChange.Taken;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChangePlanTest {
  private static final ServiceKey WEB = Samples.key("east", "shop", "web");
  private static final WriteContext CONTEXT = new WriteContext("bookshop", new MeshId("west"), "");
  private static final Translator ISTIO = new IstioAdapter().translator();
  private static final Translator CONSUL = new ConsulAdapter().translator();
  private static final Translator LINKERD = new LinkerdAdapter().translator();

  @Test
  void addsWhatIsNotThere() {
    var changes = compare(ISTIO, imports(ISTIO, "10.0.0.1"), List.of());

    assertThat(changes.changes())
        .singleElement()
        .isInstanceOfSatisfying(
            Added.class,
            added -> assertThat(added.object()).startsWith("ServiceEntry meshbridge-imports/"));
    assertThat(changes.summary())
        .isEqualTo("1 to be added, 0 to be changed, 0 to be removed, 0 in conflict, 0 unchanged.");
  }

  @Test
  void leavesAloneWhatIsAsItShouldBe() {
    var wanted = imports(LINKERD, "10.0.0.1");

    var changes = compare(LINKERD, wanted, standing(wanted));

    assertThat(changes.changes()).isEmpty();
    assertThat(changes.unchanged()).isEqualTo(2);
  }

  @Test
  void doesNotTakeForAChangeWhatTheServerWrites() {
    var wanted = imports(LINKERD, "10.0.0.1");
    var dumped = standing(wanted).stream().map(ChangePlanTest::asAServerTellsIt).toList();

    assertThat(compare(LINKERD, wanted, dumped).changes()).isEmpty();
  }

  @Test
  void findsItsObjectsInAListThatKubectlPrints() {
    var wanted = imports(ISTIO, "10.0.0.1");
    var items = standing(wanted).stream().map(Document::content).toList();
    var list = document(Map.of("apiVersion", "v1", "kind", "List", "items", items));

    assertThat(compare(ISTIO, wanted, List.of(list)).changes()).isEmpty();
  }

  @Test
  void showsAChangeWithBothStatesInOneOrder() {
    var standing = standing(imports(ISTIO, "10.0.0.1"));

    var changes = compare(ISTIO, imports(ISTIO, "10.0.0.2"), standing);

    assertThat(changes.changes())
        .singleElement()
        .isInstanceOfSatisfying(
            Changed.class,
            changed -> {
              assertThat(changed.before().content().keySet())
                  .containsExactlyElementsOf(changed.after().content().keySet());
              assertThat(changed.before().content().toString()).contains("10.0.0.1");
              assertThat(changed.after().content().toString()).contains("10.0.0.2");
            });
  }

  @Test
  void removesItsOwnObjectsThatNobodyWants() {
    var standing = standing(imports(ISTIO, "10.0.0.1"));

    assertThat(compare(ISTIO, new TreeMap<>(), standing).changes())
        .singleElement()
        .isInstanceOf(Removed.class);
  }

  @Test
  void removesNothingOfWhichNobodyKnowsWhetherItIsGone() {
    var standing = standing(imports(ISTIO, "10.0.0.1"));

    var changes =
        new ChangePlan(ISTIO, CONTEXT.federation(), CONTEXT.target())
            .compare(new TreeMap<>(), standing, service -> false);

    assertThat(changes.changes()).isEmpty();
  }

  @Test
  void leavesOtherPeoplesObjectsAlone() {
    var foreign =
        document(
            Map.of(
                "apiVersion",
                "networking.istio.io/v1",
                "kind",
                "ServiceEntry",
                "metadata",
                Map.of("name", "mine", "namespace", "shop")));

    assertThat(compare(ISTIO, new TreeMap<>(), List.of(foreign)).changes()).isEmpty();
  }

  @Test
  void writesNothingOfAnImportIfSomebodyElseHasOneOfItsPlaces() {
    var wanted = imports(LINKERD, "10.0.0.1");
    var place =
        document(
            Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Service",
                "metadata",
                Map.of("name", "web-east", "namespace", "shop")));

    assertThat(compare(LINKERD, wanted, List.of(place)).changes())
        .singleElement()
        .isInstanceOfSatisfying(Taken.class, taken -> assertThat(taken.service()).isEqualTo(WEB));
  }

  @Test
  void writesNothingOfAnImportIfSomebodyElseHasItsHostInAnotherNamespace() {
    var entry =
        document(
            Map.of(
                "apiVersion",
                "networking.istio.io/v1beta1",
                "kind",
                "ServiceEntry",
                "metadata",
                Map.of("name", "theirs", "namespace", "elsewhere"),
                "spec",
                Map.of("hosts", List.of("web-east.shop"))));

    assertThat(compare(ISTIO, imports(ISTIO, "10.0.0.1"), List.of(entry)).changes())
        .singleElement()
        .isInstanceOfSatisfying(
            Taken.class,
            taken -> assertThat(taken.object()).isEqualTo("ServiceEntry elsewhere/theirs"));
  }

  @Test
  void yieldsWhatStandsOnceSomebodyElseRegistersTheSameConsulService() {
    var wanted = imports(CONSUL, "10.0.0.1");
    var foreign =
        document(
            Map.of(
                "Node",
                "people",
                "Service",
                Map.of("ID", "theirs", "Service", "web-east.shop", "Port", 80)));
    var standing = new ArrayList<>(standing(wanted));
    standing.add(foreign);

    var changes = compare(CONSUL, wanted, standing).changes();

    assertThat(changes).hasAtLeastOneElementOfType(Taken.class);
    assertThat(changes)
        .filteredOn(change -> !(change instanceof Taken))
        .allMatch(Removed.class::isInstance);
  }

  @Test
  void whatAServerFillsInIsNoChangeAndWhatItSpellsOtherwiseNeither() {
    var wanted = new TreeMap<>(Map.of(WEB, List.of(router("3s", 2))));
    var told =
        Map.<String, Object>of(
            "Kind",
            "service-router",
            "Name",
            "web-east",
            "Partition",
            "default",
            "Routes",
            List.of(
                Map.of(
                    "Destination",
                    Map.of("RequestTimeout", 3_000_000_000L, "NumRetries", 2L, "Service", ""))),
            "Meta",
            marks());

    assertThat(compareTold(wanted, told).changes()).isEmpty();
    assertThat(compareTold(new TreeMap<>(Map.of(WEB, List.of(router("4s", 2)))), told).changes())
        .singleElement()
        .isInstanceOfSatisfying(
            Changed.class,
            changed ->
                assertThat(changed.before().content())
                    .doesNotContainKey("Partition")
                    .hasToString(
                        "{Kind=service-router, Name=web-east, Routes=[{Destination="
                            + "{RequestTimeout=3000000000, NumRetries=2}}], Meta="
                            + new TreeMap<>(marks())
                            + "}"));
  }

  @Test
  void whatSomebodyAddedToAnItemOfOneOfOurListsIsAChange() {
    var wanted = new TreeMap<>(Map.of(WEB, List.of(router("3s", 2))));
    var told = new TreeMap<>(wanted.get(WEB).getFirst().content());
    told.put(
        "Routes",
        List.of(
            Map.of(
                "Destination",
                Map.of("RequestTimeout", "3s", "NumRetries", 2, "Service", "other"))));

    assertThat(compareTold(wanted, told).changes()).singleElement().isInstanceOf(Changed.class);
  }

  private static TargetChanges compareTold(
      SortedMap<ServiceKey, List<NativeDocument>> wanted, Map<String, Object> told) {
    return new ChangePlan(CONSUL, CONTEXT.federation(), CONTEXT.target(), true)
        .compare(wanted, List.of(document(told)), service -> true);
  }

  private static NativeDocument router(String timeout, int retries) {
    var destination = new LinkedHashMap<String, Object>();
    destination.put("RequestTimeout", timeout);
    destination.put("NumRetries", retries);
    var content = new LinkedHashMap<String, Object>();
    content.put("Kind", "service-router");
    content.put("Name", "web-east");
    content.put("Routes", List.of(Map.of("Destination", destination)));
    content.put("Meta", new TreeMap<>(marks()));
    return new NativeDocument("service-router-web-east", content);
  }

  private static Map<String, String> marks() {
    return new Ownership(
            CONTEXT.federation(), CONTEXT.target(), WEB, FederationPath.startingAt(WEB.mesh()), "0")
        .toMarks(Marks.CONSUL);
  }

  private static TargetChanges compare(
      Translator translator,
      SortedMap<ServiceKey, List<NativeDocument>> wanted,
      List<Document> standing) {
    return new ChangePlan(translator, CONTEXT.federation(), CONTEXT.target())
        .compare(wanted, standing, service -> true);
  }

  private static SortedMap<ServiceKey, List<NativeDocument>> imports(
      Translator translator, String address) {
    var service = Samples.importNamed("web-east.shop", WEB, address);
    return switch (translator.write(service, CONTEXT)) {
      case Translation.Written written -> new TreeMap<>(Map.of(WEB, written.documents()));
      case Translation.Refused refused -> throw new AssertionError(refused);
    };
  }

  /** What stands there, written down by somebody who sorts fields. */
  private static List<Document> standing(SortedMap<ServiceKey, List<NativeDocument>> imports) {
    return imports.values().stream()
        .flatMap(List::stream)
        .map(document -> document(new TreeMap<>(document.content())))
        .toList();
  }

  private static Document asAServerTellsIt(Document document) {
    var content = document.content();
    content =
        DocumentPaths.changed(
            content,
            "metadata",
            metadata -> {
              var more = new LinkedHashMap<Object, Object>((Map<?, ?>) metadata);
              more.put("uid", "e2a5");
              more.put("resourceVersion", "77");
              more.put("creationTimestamp", "2026-01-01T00:00:00Z");
              more.put("managedFields", new ArrayList<>());
              return Optional.of(more);
            });
    if (document.content().get("kind").equals("Service")) {
      content =
          DocumentPaths.changed(
              content,
              "spec",
              spec -> {
                var more = new LinkedHashMap<Object, Object>((Map<?, ?>) spec);
                more.put("clusterIP", "10.96.0.7");
                more.put("clusterIPs", List.of("10.96.0.7"));
                more.put("sessionAffinity", "None");
                return Optional.of(more);
              });
      content.put("status", Map.of("loadBalancer", Map.of()));
    }
    return document(content);
  }

  private static Document document(Map<String, Object> content) {
    return new Document(new Location("standing.yaml", 1), content, Map.of());
  }
}
