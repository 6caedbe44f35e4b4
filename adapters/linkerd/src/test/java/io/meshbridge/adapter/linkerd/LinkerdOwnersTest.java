package io.meshbridge.adapter.linkerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.testkit.contract.KubernetesSide;
import io.meshbridge.testkit.contract.OwnersContract;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How owners in a cluster with Linkerd are told. */
class LinkerdOwnersTest extends OwnersContract {
  private static final ServiceKey WEB =
      new ServiceKey(Cluster.MESH.id(), KubernetesSide.NAMESPACE, "web");
  private static final Map<String, String> LINKERDS_MARK =
      Map.of("mirror.linkerd.io/exported", "true");

  LinkerdOwnersTest() {
    super(Cluster.MESH);
  }

  @Override
  protected MeshConnection connect(KubernetesTestApi api, String... namesAndValues) {
    return new Cluster(api).connect(namesAndValues);
  }

  @Test
  void areToldByEventsOnAServiceWithLinkerdsOwnMarkWhereThatCounts() throws Exception {
    new Cluster(kubernetes().api()).service(WEB.namespace(), WEB.name(), LINKERDS_MARK);
    try (var connection = connect("tell.events", "true")) {
      var owners = connection.owners().orElseThrow();
      owners.start(touched -> {});

      owners.tell(imported(WEB), WritePermit.ALWAYS);
      assertThat(eventsTold()).isEmpty();
    }

    try (var connection = connect("tell.events", "true", "marks.linkerd-exported", "true")) {
      var owners = connection.owners().orElseThrow();
      owners.start(touched -> {});

      owners.tell(imported(WEB), WritePermit.ALWAYS);
      assertThat(eventsTold())
          .containsExactlyInAnyOrder(tuple("Service", "Exported"), tuple("Service", "Imported"));
    }
  }
}
