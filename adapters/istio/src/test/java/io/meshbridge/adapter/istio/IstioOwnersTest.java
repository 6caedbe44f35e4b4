package io.meshbridge.adapter.istio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Arrival;
import io.meshbridge.spi.ExportNews;
import io.meshbridge.spi.ExportReport;
import io.meshbridge.spi.InvalidSettingsException;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import io.meshbridge.testkit.kubernetes.ServiceExports;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How owners in a cluster with Istio are told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IstioOwnersTest {
  private static final ServiceKey WEB = new ServiceKey(Cluster.MESH.id(), "shop", "web");

  private KubernetesTestApi api;
  private Cluster cluster;
  private ServiceExports exports;

  @BeforeAll
  void startApi() {
    api = KubernetesTestApi.start();
    cluster = new Cluster(api);
    exports = new ServiceExports(api, "shop");
  }

  @AfterAll
  void stopApi() {
    api.close();
  }

  @BeforeEach
  void clear() {
    api.clear();
  }

  @Test
  void areNotToldUnlessThatIsSwitchedOn() {
    try (var connection = cluster.connect();
        var marked = cluster.connect("marks.service-export", "true")) {
      assertThat(connection.owners()).isEmpty();
      assertThat(marked.owners()).isEmpty();
    }
  }

  @Test
  void cannotBeToldByServiceExportsThatMarkNothing() {
    assertThatThrownBy(() -> cluster.connect("tell.service-export", "true"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("tell.service-export")
        .hasMessageContaining("marks.service-export=true");
  }

  @Test
  void areToldByTheConditionsOfTheServiceExportThatMarksTheirService() throws Exception {
    cluster.service("shop", "web", false);
    exports.create("web");
    try (var connection =
        cluster.connect("marks.service-export", "true", "tell.service-export", "true")) {
      var touched = new ArrayList<ServiceKey>();
      var owners = connection.owners().orElseThrow();
      owners.start(touched::add);
      assertThat(touched).containsExactly(WEB);

      owners.tell(news(), WritePermit.ALWAYS);

      assertThat(exports.conditions("web"))
          .extracting(one -> one.get("type"), one -> one.get("status"), one -> one.get("reason"))
          .containsExactly(
              tuple("Valid", "True", "Valid"),
              tuple("Ready", "True", "Exported"),
              tuple("Conflict", "False", "NoConflicts"));
      assertThat(api.events()).isEmpty();
    }
  }

  @Test
  void areToldByEventsOnTheServiceThatTheyHaveMarked() throws Exception {
    cluster.service("shop", "web", true);
    exports.create("web");
    try (var connection = cluster.connect("tell.events", "true")) {
      var owners = connection.owners().orElseThrow();
      owners.start(touched -> {});

      owners.tell(news(), WritePermit.ALWAYS);

      assertThat(api.events())
          .extracting(event -> event.get("regarding", "kind"), event -> event.get("reason"))
          .containsExactlyInAnyOrder(tuple("Service", "Exported"), tuple("Service", "Imported"));
      assertThat(exports.conditions("web")).isEqualTo(List.of());
    }
  }

  private static ExportNews news() {
    var arrivals =
        new TreeMap<>(
            Map.of(new MeshId("west"), new Arrival(Arrival.State.IMPORTED, "web-here", "")));
    return new ExportNews(
        ExportReport.nothing(WEB),
        new ExportReport(WEB, true, "", arrivals),
        Instant.parse("2026-11-22T12:00:00Z"));
  }
}
