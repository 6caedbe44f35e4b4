package io.meshbridge.adapter.linkerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Arrival;
import io.meshbridge.spi.ExportNews;
import io.meshbridge.spi.ExportReport;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import io.meshbridge.testkit.kubernetes.ServiceExports;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How owners in a cluster with Linkerd are told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinkerdOwnersTest {
  private static final ServiceKey WEB = new ServiceKey(Cluster.MESH.id(), "shop", "web");
  private static final Map<String, String> LINKERDS_MARK =
      Map.of("mirror.linkerd.io/exported", "true");

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
    try (var connection = cluster.connect("marks.service-export", "true")) {
      assertThat(connection.owners()).isEmpty();
    }
  }

  @Test
  void areToldByTheConditionsOfTheServiceExportThatMarksTheirService() throws Exception {
    cluster.service("shop", "web", Map.of());
    exports.create("web");
    try (var connection =
        cluster.connect("marks.service-export", "true", "tell.service-export", "true")) {
      var owners = connection.owners().orElseThrow();
      owners.start(touched -> {});

      owners.tell(news(), WritePermit.ALWAYS);

      assertThat(exports.condition("web", "Ready"))
          .containsEntry("status", "False")
          .containsEntry("reason", "Failed")
          .containsEntry("message", "refused by west: nobody may call it");
    }
  }

  @Test
  void areToldByEventsOnAServiceWithLinkerdsOwnMarkWhereThatCounts() throws Exception {
    cluster.service("shop", "web", LINKERDS_MARK);
    try (var connection = cluster.connect("tell.events", "true")) {
      var owners = connection.owners().orElseThrow();
      owners.start(touched -> {});
      owners.tell(news(), WritePermit.ALWAYS);
      assertThat(api.events()).isEmpty();
    }

    try (var connection =
        cluster.connect("tell.events", "true", "marks.linkerd-exported", "true")) {
      var owners = connection.owners().orElseThrow();
      owners.start(touched -> {});
      owners.tell(news(), WritePermit.ALWAYS);

      assertThat(api.events())
          .extracting(event -> event.get("regarding", "kind"), event -> event.get("reason"))
          .containsExactlyInAnyOrder(
              tuple("Service", "Exported"), tuple("Service", "ImportRefused"));
    }
  }

  private static ExportNews news() {
    var arrivals =
        new TreeMap<>(
            Map.of(
                new MeshId("west"), new Arrival(Arrival.State.REFUSED, "", "nobody may call it")));
    return new ExportNews(
        ExportReport.nothing(WEB),
        new ExportReport(WEB, true, "", arrivals),
        Instant.parse("2026-11-22T12:00:00Z"));
  }
}
