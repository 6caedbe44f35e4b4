package io.meshbridge.adapter.consul;

import io.meshbridge.adapter.consul.traffic.ConfigEntry;
import io.meshbridge.adapter.consul.traffic.GatewayReader;
import io.meshbridge.adapter.consul.traffic.GatewayTraffic;
import io.meshbridge.adapter.consul.traffic.ServiceName;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Marks;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.traffic.Ingress;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.Translator.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An ingress-gateway, and the entries that its requests come by, as one offer. Pure. */
final class GatewayMapper {
  private final MeshId mesh;
  private final Selection selection;

  GatewayMapper(MeshId mesh, Selection selection) {
    this.mesh = mesh;
    this.selection = selection;
  }

  /** What the federation calls the gateway. */
  static ServiceKey key(MeshId mesh, ServiceName gateway) {
    return Ingress.keyOf(mesh, gateway.namespace(), gateway.name());
  }

  Mapped map(ConfigEntry gateway, MeshConfig config) {
    return isWanted(gateway)
        ? map(gateway, GatewayReader.read(mesh, config.entries(), gateway))
        : new Mapped.NotExported();
  }

  /** Whether somebody asks to export it. In files that is everybody's own. */
  boolean isWanted(ConfigEntry gateway) {
    return gateway.isMarked() || (selection == Selection.ALL && ownership(gateway).isEmpty());
  }

  /** What comes of one that is wanted. */
  Mapped map(ConfigEntry gateway, GatewayTraffic traffic) {
    var ownership = ownership(gateway);
    var path = new ArrayList<>(ownership.map(o -> o.path().meshes()).orElse(List.of()));
    if (path.contains(mesh)) {
      return new Mapped.Unreadable("it has been in this mesh before: its path is " + path);
    }
    path.add(mesh);
    var unreadable = unreadable(traffic);
    if (unreadable.isPresent()) {
      return new Mapped.Unreadable(unreadable.get());
    }
    return traffic
        .ingress()
        .<Mapped>map(
            ingress ->
                new Mapped.Offered(
                    Offer.gateway(
                        key(mesh, gateway.name()),
                        Marks.without(gateway.meta()),
                        ingress,
                        traffic.policy(),
                        new FederationPath(path),
                        traffic.losses()),
                    List.of(),
                    traffic.faults()))
        // Nothing comes in there.
        .orElseGet(Mapped.NotExported::new);
  }

  private static Optional<Ownership> ownership(ConfigEntry gateway) {
    return Ownership.fromMarks(Marks.CONSUL, gateway.meta());
  }

  /** In files what is right is translated, if there is any of it. */
  private Optional<String> unreadable(GatewayTraffic traffic) {
    return selection == Selection.MARKED || traffic.ingress().isEmpty()
        ? traffic.firstError()
        : Optional.empty();
  }
}
