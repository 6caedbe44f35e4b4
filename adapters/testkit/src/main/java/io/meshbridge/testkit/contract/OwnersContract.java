package io.meshbridge.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Arrival;
import io.meshbridge.spi.ExportNews;
import io.meshbridge.spi.ExportReport;
import io.meshbridge.spi.InvalidSettingsException;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import io.meshbridge.testkit.kubernetes.ServiceExports;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How owners in a cluster are told, whatever its mesh. Extend it and say how to connect. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class OwnersContract {
  private static final HomeService MARKED = HomeService.marked("web", "10.1.1.1");
  private static final MeshId WEST = new MeshId("west");

  private final MeshDescriptor mesh;
  private KubernetesSide kubernetes;
  private ServiceExports exports;

  /** For subclasses, which know their mesh. */
  @SuppressWarnings("NullAway.Init")
  protected OwnersContract(MeshDescriptor mesh) {
    this.mesh = mesh;
  }

  /** Connects to the mesh behind this API, with these settings besides the API's own. */
  protected abstract MeshConnection connect(KubernetesTestApi api, String... namesAndValues);

  @BeforeAll
  void startApi() {
    kubernetes = new KubernetesSide(mesh);
    exports = new ServiceExports(kubernetes.api(), KubernetesSide.NAMESPACE);
  }

  @AfterAll
  void stopApi() {
    kubernetes.close();
  }

  @BeforeEach
  void clear() {
    kubernetes.clear();
  }

  @Test
  void areNotToldUnlessThatIsSwitchedOn() {
    try (var connection = connect();
        var marked = connect("marks.service-export", "true")) {
      assertThat(connection.owners()).isEmpty();
      assertThat(marked.owners()).isEmpty();
    }
  }

  @Test
  void cannotBeToldByServiceExportsThatMarkNothing() {
    assertThatThrownBy(() -> connect("tell.service-export", "true"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("tell.service-export")
        .hasMessageContaining("marks.service-export=true");
  }

  @Test
  void areToldByTheConditionsOfTheServiceExportThatMarksTheirService() throws Exception {
    var web = kubernetes.put(MARKED.unmarked());
    exports.create("web");
    try (var connection = connectToTellByConditions()) {
      var touched = new ArrayList<ServiceKey>();
      var owners = connection.owners().orElseThrow();
      owners.start(touched::add);
      assertThat(touched).containsExactly(web);

      owners.tell(imported(web), WritePermit.ALWAYS);

      assertThat(conditions())
          .containsExactly(
              tuple("Valid", "True", "Valid"),
              tuple("Ready", "True", "Exported"),
              tuple("Conflict", "False", "NoConflicts"));

      owners.tell(refused(web), WritePermit.ALWAYS);

      assertThat(exports.condition("web", "Ready"))
          .containsEntry("status", "False")
          .containsEntry("reason", "Failed")
          .containsEntry("message", "refused by west: nobody may call it");
      assertThat(kubernetes.api().events()).isEmpty();
    }
  }

  @Test
  void areToldWhatNoOtherControllerSays() throws Exception {
    var web = kubernetes.put(MARKED.unmarked());
    exports.create("web");
    exports.applyStatus(
        "web",
        "theirs",
        Map.of("conditions", List.of(ServiceExports.condition("Ready", "False", "Theirs"))));
    try (var connection = connectToTellByConditions()) {
      var owners = connection.owners().orElseThrow();
      owners.start(touched -> {});

      owners.tell(imported(web), WritePermit.ALWAYS);

      assertThat(conditions())
          .containsExactlyInAnyOrder(
              tuple("Valid", "True", "Valid"),
              tuple("Ready", "False", "Theirs"),
              tuple("Conflict", "False", "NoConflicts"));

      var version = version();
      owners.tell(imported(web), WritePermit.ALWAYS);
      assertThat(version()).isEqualTo(version);
    }
  }

  @Test
  void areToldByEventsOnTheServiceThatTheyHaveMarked() throws Exception {
    var web = kubernetes.put(MARKED);
    exports.create("web");
    try (var connection = connect("tell.events", "true")) {
      var owners = connection.owners().orElseThrow();
      owners.start(touched -> {});

      owners.tell(imported(web), WritePermit.ALWAYS);

      assertThat(eventsTold())
          .containsExactlyInAnyOrder(tuple("Service", "Exported"), tuple("Service", "Imported"));
      assertThat(exports.conditions("web")).isEmpty();
    }
  }

  /** What stands behind the API. */
  protected final KubernetesSide kubernetes() {
    return kubernetes;
  }

  /** Connects to the mesh behind the API that runs. */
  protected final MeshConnection connect(String... namesAndValues) {
    return connect(kubernetes.api(), namesAndValues);
  }

  /** The kind of what each Event is on, and its reason. */
  protected final List<Tuple> eventsTold() {
    return kubernetes.api().events().stream()
        .map(event -> tuple(event.get("regarding", "kind"), event.get("reason")))
        .toList();
  }

  /** That west holds the service, of which nothing was known before. */
  protected static ExportNews imported(ServiceKey service) {
    return arrived(service, new Arrival(Arrival.State.IMPORTED, "web-here", ""));
  }

  private static ExportNews refused(ServiceKey service) {
    return arrived(service, new Arrival(Arrival.State.REFUSED, "", "nobody may call it"));
  }

  private static ExportNews arrived(ServiceKey service, Arrival inWest) {
    return new ExportNews(
        ExportReport.nothing(service),
        new ExportReport(service, true, "", new TreeMap<>(Map.of(WEST, inWest))),
        Instant.parse("2026-11-22T12:00:00Z"));
  }

  private MeshConnection connectToTellByConditions() {
    return connect("marks.service-export", "true", "tell.service-export", "true");
  }

  private List<Tuple> conditions() {
    return exports.conditions("web").stream()
        .map(one -> tuple(one.get("type"), one.get("status"), one.get("reason")))
        .toList();
  }

  private String version() {
    return exports.get("web").getMetadata().getResourceVersion();
  }
}
