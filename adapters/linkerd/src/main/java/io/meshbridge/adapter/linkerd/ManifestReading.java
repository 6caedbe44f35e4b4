package io.meshbridge.adapter.linkerd;

import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.ManifestSet;
import io.meshbridge.adapter.kubernetes.OwnMarks;
import io.meshbridge.adapter.kubernetes.Problems;
import io.meshbridge.adapter.kubernetes.ReadResult;
import io.meshbridge.adapter.kubernetes.ServiceFacts;
import io.meshbridge.adapter.kubernetes.gatewayapi.ApiGateway;
import io.meshbridge.adapter.kubernetes.gatewayapi.GatewayManifests;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.Reading;
import io.meshbridge.spi.Translator.Selection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One reading of a set of manifests: sorts them by kind, then reads what is wanted. */
final class ManifestReading {
  private final MeshDescriptor mesh;
  private final ManifestSet manifests;
  private final Selection selection;
  private final String clusterDomain;
  private final TrafficManifests traffic;
  private final GatewayManifests gateways;
  private final List<ServerPolicy> servers = new ArrayList<>();
  private final List<KubeObject> egressNetworks = new ArrayList<>();
  private final Map<String, NamespaceFacts> namespaces = new HashMap<>();
  private MeshConfig config = MeshConfig.DEFAULT;

  ManifestReading(MeshDescriptor mesh, Selection selection, LinkerdSettings settings) {
    this.mesh = mesh;
    this.selection = selection;
    this.clusterDomain = settings.clusterDomain();
    this.manifests =
        new ManifestSet(
            mesh, selection, OfferReader::factsOf, settings::marks, settings.serviceExportMarks());
    this.traffic = new TrafficManifests(manifests);
    this.gateways = new GatewayManifests(manifests);
  }

  Reading read(List<Document> documents) {
    manifests.sort(documents, this::take);
    gateways.choose();
    var policies =
        new InboundPolicies(
            config, name -> namespaces.getOrDefault(name, NamespaceFacts.NONE), servers);
    var reader =
        new OfferReader(
            mesh,
            clusterDomain,
            policies,
            gateways::labelsOf,
            gateways::isRead,
            manifests::locationOf);
    manifests.services().forEach(service -> add(service, service.object(), reader));
    gateways.gateways().forEach(gateway -> add(gateway, reader));
    if (selection == Selection.ALL) {
      traffic.routes().forEach(gateways::tellUnread);
      traffic.undeclared().forEach(service -> add(service.facts(), service.declaredBy(), reader));
    }
    egressNetworks.forEach(this::tellEgressNetwork);
    return manifests.reading();
  }

  private void add(ServiceFacts service, String object, OfferReader reader) {
    var key = service.key();
    var said = reader.traffic(service, traffic.routesOf(key), traffic.profilesOf(key));
    manifests.tellFaults(said.faults());
    manifests.add(
        key, object, OfferReader.with(said, reader.read(service, manifests.slicesOf(key))));
  }

  private void add(ApiGateway gateway, OfferReader reader) {
    var read = reader.gateway(gateway, traffic.routesOf(gateway.service()));
    manifests.tellFaults(read.faults());
    manifests.add(gateway.service(), gateway.object(), read.result());
  }

  private boolean take(String kind, KubeObject object, Problems problems) {
    return switch (kind) {
      case "policy.linkerd.io/Server" -> servers.add(ServerPolicy.of(object, problems));
      case "policy.linkerd.io/EgressNetwork" -> egressNetworks.add(object);
      case ApiGateway.KIND -> {
        gateways.take(object);
        yield true;
      }
      case "/Namespace" -> {
        namespaces.put(object.key().name(), NamespaceFacts.of(object));
        gateways.takeNamespace(object);
        yield true;
      }
      case "/ConfigMap" -> {
        boolean ours = object.key().name().equals(LinkerdTypes.CONFIG);
        if (ours) {
          takeConfig(object, problems);
        }
        yield ours;
      }
      default -> traffic.take(kind, object);
    };
  }

  private void takeConfig(KubeObject object, Problems problems) {
    config = MeshConfig.of(object);
    if (config.inboundPolicy().equals(MeshConfig.UNREADABLE)) {
      problems.add(
          "data.values",
          "is no YAML object, so the default inbound policy is not known and guards every service");
    }
  }

  private void tellEgressNetwork(KubeObject object) {
    if (OwnMarks.isExported(object) && manifests.service(object.key()).isEmpty()) {
      manifests.add(
          object.key(), object.reference(), new ReadResult.Unreadable(OfferReader.NO_SERVICE));
    } else {
      manifests.warn(
          object.reference(),
          "",
          object.reference() + " is not translated: " + OfferReader.NO_SERVICE);
    }
  }
}
