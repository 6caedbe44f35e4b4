package io.meshbridge.adapter.consul;

import static io.meshbridge.adapter.consul.Imports.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.Health;
import io.meshbridge.model.Locality;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.Reachability;
import io.meshbridge.model.ServicePort;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.Reading;
import io.meshbridge.spi.Translation;
import io.meshbridge.spi.Translator.Selection;
import io.meshbridge.spi.Translator.WriteContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConsulTranslatorTest {
  private static final WriteContext CONTEXT =
      new WriteContext("books", new MeshId("consul-dc1"), "");
  private final ObjectMapper mapper = new ObjectMapper();
  private final ConsulTranslator translator = new ConsulTranslator();

  @Test
  void readsAgentDefinitionsInBothSpellings() throws Exception {
    // When
    var reading =
        read(
            Selection.MARKED,
            """
            {"service": {"name": "web", "address": "10.0.0.1", "port": 8080,
             "meta": {"meshbridge.io/export": "true"}, "tags": ["version=v2"],
             "tagged_addresses": {"wan": {"address": "198.51.100.1", "port": 80}},
             "connect": {"sidecar_service": {}}}}
            """,
            """
            {"services": [{"Name": "api", "Address": "10.0.0.2", "Port": 8081,
             "Meta": {"meshbridge-export": "true"}}, {"Name": "hidden", "Port": 1}]}
            """);

    // Then
    assertThat(reading.offers()).extracting(o -> o.key().name()).containsExactly("api", "web");
    var web = reading.offers().getLast();
    assertThat(web.labels()).containsExactly(Map.entry("version", "v2"));
    assertThat(web.access().reachability()).isEqualTo(Reachability.MESH_IDENTITY_REQUIRED);
    assertThat(web.losses()).extracting(Loss::path).containsExactly("service.TaggedAddresses.wan");
    assertThat(reading.diagnostics()).isEmpty();
  }

  @Test
  void readsRegistrationsHealthEntriesAndKubernetesRegistrationsAlike() throws Exception {
    // When
    var reading =
        read(
            Selection.ALL,
            """
            {"Node": "n1", "Address": "10.0.0.1", "Service": {"Service": "a", "Port": 80},
             "Check": {"Status": "warning"}}
            """,
            """
            {"Node": {"Node": "n1", "Address": "10.0.0.2", "Datacenter": "dc1"},
             "Service": {"ID": "b-1", "Service": "b", "Port": 80,
              "Locality": {"Region": "eu", "Zone": "eu-1"}},
             "Checks": [{"Status": "critical"}]}
            """,
            """
            {"apiVersion": "consul.hashicorp.com/v1alpha1", "kind": "Registration",
             "metadata": {"name": "c"},
             "spec": {"node": "n1", "address": "10.0.0.3",
              "service": {"name": "c", "port": 80}, "check": {"status": "passing"}}}
            """);

    // Then
    assertThat(reading.offers())
        .extracting(o -> o.key().name() + " " + only(o).address() + " " + only(o).health())
        .containsExactly("a 10.0.0.1 WARNING", "b 10.0.0.2 NOT_READY", "c 10.0.0.3 READY");
    assertThat(only(reading.offers().get(1)).locality()).isEqualTo(new Locality("eu", "eu-1"));
  }

  @Test
  void readsConfigEntriesTogetherWithServices() throws Exception {
    // When
    var reading =
        read(
            Selection.ALL,
            "{\"Kind\": \"service-defaults\", \"Name\": \"web\", \"Protocol\": \"grpc\"}",
            "{\"Kind\": \"proxy-defaults\", \"Name\": \"global\", \"Config\": {\"protocol\":"
                + " \"http\"}}",
            "{\"Kind\": \"service-intentions\", \"Name\": \"api\", \"Sources\": []}",
            "{\"service\": {\"name\": \"web\", \"address\": \"10.0.0.1\", \"port\": 1}}",
            "{\"service\": {\"name\": \"api\", \"address\": \"10.0.0.2\", \"port\": 2}}");

    // Then
    assertThat(reading.offers())
        .extracting(o -> o.ports().getFirst().protocol())
        .containsExactly(AppProtocol.HTTP, AppProtocol.GRPC);
    assertThat(reading.offers())
        .extracting(o -> o.access().reachability())
        .containsExactly(Reachability.MESH_IDENTITY_REQUIRED, Reachability.PLAIN);
  }

  @Test
  void saysWhatItDoesNotKnowAndReadsTheRest() throws Exception {
    // When
    var reading =
        read(
            Selection.ALL,
            "{\"nonsense\": true}",
            "{\"Kind\": \"terminating-gateway\", \"Name\": \"in\", \"Listeners\": []}",
            "{\"service\": {\"name\": \"web\", \"address\": \"10.0.0.1\", \"port\": 1,"
                + " \"colour\": \"red\"}}");

    // Then
    assertThat(reading.offers()).hasSize(1);
    assertThat(reading.diagnostics())
        .extracting(d -> d.severity() + " " + d.location() + " " + d.path())
        .containsExactly(
            "ERROR f0.json ", "WARNING f1.json Kind", "WARNING f2.json:7 service.colour");
  }

  @Test
  void readsAPolicyOfWhichNobodyRegistersAnInstance() throws Exception {
    // When
    var router =
        "{\"Kind\": \"service-router\", \"Name\": \"web\", \"Routes\": [{\"Destination\":"
            + " {\"Service\": \"api\", \"Colour\": 1}}]}";
    var reading = read(Selection.ALL, router);
    var live = read(Selection.MARKED, router);

    // Then
    assertThat(live.offers()).isEmpty();
    var web = reading.offers().getFirst();
    assertThat(web.ports()).containsExactly(new ServicePort("http", 80, AppProtocol.HTTP));
    assertThat(web.endpoints().size()).isZero();
    assertThat(web.traffic().http()).hasSize(1);
    assertThat(web.losses()).extracting(Loss::path).containsExactly("Routes[0].Destination.Colour");
    assertThat(reading.diagnostics())
        .extracting(d -> d.severity() + " " + d.location() + " " + d.path())
        .containsExactly("WARNING f0.json ", "WARNING f0.json Routes");
  }

  @Test
  void costsOnlyTheServiceWhoseEntryIsWrong() throws Exception {
    // Given
    var documents =
        List.of(
            "{\"Kind\": \"proxy-defaults\", \"Name\": \"global\", \"Config\": {\"protocol\":"
                + " \"http\"}}",
            "{\"Kind\": \"service-router\", \"Name\": \"web\", \"Routes\": [{\"Destination\":"
                + " {\"RequestTimeout\": \"5\"}}]}",
            "{\"service\": {\"name\": \"web\", \"address\": \"10.0.0.1\", \"port\": 1, \"meta\":"
                + " {\"meshbridge-export\": \"true\"}}}",
            "{\"service\": {\"name\": \"api\", \"address\": \"10.0.0.2\", \"port\": 2, \"meta\":"
                + " {\"meshbridge-export\": \"true\"}}}");

    // When
    var live = read(Selection.MARKED, documents.toArray(new String[0]));
    var offline = read(Selection.ALL, documents.toArray(new String[0]));

    // Then
    assertThat(live.offers()).extracting(o -> o.key().name()).containsExactly("api");
    assertThat(live.unreadable().values())
        .singleElement()
        .asString()
        .contains("f1.json", "Routes[0].Destination.RequestTimeout", "with a unit");
    assertThat(offline.offers()).extracting(o -> o.key().name()).containsExactly("api", "web");
    assertThat(offline.diagnostics())
        .extracting(d -> d.severity() + " " + d.location() + " " + d.path())
        .containsExactly("ERROR f1.json Routes[0].Destination.RequestTimeout");
  }

  @Test
  void writesRegistrationsInCanonicalOrder() throws Exception {
    // Given
    var service = Imports.of("web", at("10.0.0.2", 8080), at("10.0.0.1", 8080));

    // When
    var written = (Translation.Written) translator.write(service, CONTEXT);

    // Then
    assertThat(written.losses()).isEqualTo(Imports.LOSSES_OF_WEB);
    assertThat(written.documents()).hasSize(3);
    var document =
        written.documents().stream()
            .filter(d -> d.content().toString().contains("10.0.0.1"))
            .findFirst()
            .orElseThrow();
    assertThat(document.content().keySet())
        .containsExactly("Node", "Address", "NodeMeta", "Service", "Checks");
    assertThat(mapper.writeValueAsString(document.content()))
        .startsWith(
            "{\"Node\":\"meshbridge-istio-a\",\"Address\":\"192.0.2.1\",\"NodeMeta\":"
                + "{\"meshbridge-federation\":\"books\",\"meshbridge-origin-mesh\":\"istio-a\","
                + "\"meshbridge-target\":\"consul-dc1\"},\"Service\":{\"ID\":\"web-istio-a-")
        .contains("\"Address\":\"10.0.0.1\",\"Port\":8080,\"Weights\":{\"Passing\":1")
        .contains("\"Status\":\"passing\"");
    assertThat(translator.ownership(document(0, mapper.writeValueAsString(document.content()))))
        .hasValueSatisfying(
            ownership -> {
              assertThat(ownership.service()).isEqualTo(service.service());
              assertThat(ownership.isOf("books", CONTEXT.target())).isTrue();
            });
  }

  @Test
  void writesOneServicePerPortAndSaysSo() {
    // Given
    var ports =
        List.of(
            Imports.HTTP,
            new ServicePort("grpc", 90, AppProtocol.GRPC),
            new ServicePort("dns", 53, AppProtocol.UDP));
    var endpoint = Endpoint.ready("10.0.0.1", Map.of("http", 80));

    // When
    var written =
        (Translation.Written)
            translator.write(
                Imports.of("web", "web-a", ports, AccessPolicy.OPEN, endpoint), CONTEXT);

    // Then
    assertThat(written.documents())
        .extracting(document -> document.name().replaceFirst("-[0-9a-f]{12}$", ""))
        .containsExactly(
            "service-defaults-web-a-grpc", "service-defaults-web-a-http", "web-a-http");
    assertThat(written.losses())
        .extracting(l -> l.outcome() + " " + l.path())
        .containsExactly(
            "DROPPED ports[dns]",
            "APPROXIMATED ports[http]",
            "APPROXIMATED ports[grpc]",
            "DROPPED endpoints[10.0.0.1].ports[grpc]");
  }

  @Test
  void dropsLabelsThatConsulWouldRefuse() {
    // Given
    var labels =
        new TreeMap<>(
            Map.of(
                "app.kubernetes.io/name",
                "x",
                "consul-x",
                "y",
                "fits",
                "z",
                "long",
                "v".repeat(513)));
    for (int i = 0; i < 60; i++) {
      labels.put("n" + (i + 100), "v");
    }
    var endpoint =
        new Endpoint(
            "10.0.0.1",
            new TreeMap<>(Map.of("http", 80)),
            Health.DRAINING,
            0,
            Locality.UNKNOWN,
            "",
            labels,
            "");

    // When
    var written = (Translation.Written) translator.write(Imports.of("web", endpoint), CONTEXT);

    // Then
    var service = Fields.object(written.documents().getLast().content(), "Service");
    assertThat(Fields.texts(service, "Meta"))
        .hasSize(64)
        .containsKeys("fits", "app", "meshbridge-origin-name")
        .doesNotContainKeys("app.kubernetes.io/name", "consul-x", "long");
    assertThat(written.documents().toString()).contains("Status=critical");
    assertThat(written.losses())
        .extracting(Loss::path)
        .contains(
            "endpoints[10.0.0.1].labels.app.kubernetes.io/name",
            "endpoints[10.0.0.1].labels.long",
            "endpoints[10.0.0.1].weight");
  }

  @Test
  void refusesWhatItsMeshGuards() {
    // When
    var translation =
        translator.write(
            Imports.of(
                "web",
                "web-a",
                List.of(Imports.HTTP),
                AccessPolicy.meshIdentityRequired("strict mutual TLS"),
                at("10.0.0.1", 80)),
            CONTEXT);

    // Then
    assertThat(translation).isInstanceOf(Translation.Refused.class);
    assertThat(translation.losses())
        .extracting(Loss::outcome)
        .containsExactly(Loss.Outcome.REFUSED);
  }

  private Reading read(Selection selection, String... texts) throws Exception {
    var documents = new ArrayList<Document>();
    for (int i = 0; i < texts.length; i++) {
      documents.add(document(i, texts[i]));
    }
    return translator.read(documents, Recorder.MESH, selection);
  }

  @SuppressWarnings("unchecked")
  private Document document(int number, String text) throws Exception {
    return new Document(
        Location.of("f" + number + ".json"),
        mapper.readValue(text, Map.class),
        Map.of("service.colour", 7));
  }

  private static Endpoint only(Offer offer) {
    assertThat(offer.endpoints().size()).isEqualTo(1);
    return offer.endpoints().endpoints().getFirst();
  }
}
