package io.meshbridge.adapter.consul;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Location;
import io.meshbridge.model.Marks;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServicePort;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.Reading;
import io.meshbridge.spi.Translation;
import io.meshbridge.spi.Translator.Selection;
import io.meshbridge.spi.Translator.WriteContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which gateways are offered, and as what. */
class GatewayMapperTest {
  private static final String WEB_IS_HTTP =
      "{\"Kind\": \"service-defaults\", \"Name\": \"web\", \"Protocol\": \"http\"}";

  private final ObjectMapper mapper = new ObjectMapper();
  private final ConsulTranslator translator = new ConsulTranslator();

  @Test
  void offersAGatewayAsAServiceWithThePortsOfItsListeners() throws Exception {
    // When
    var reading = read(Selection.ALL, WEB_IS_HTTP, gateway("{\"owner\": \"edge-team\"}"));

    // Then
    assertThat(reading.diagnostics())
        .extracting(Diagnostic::message)
        .allMatch(message -> message.contains("no document registers an instance of web"));
    var offer = offer(reading);
    assertThat(offer.key()).hasToString("consul-dc1/default/edge.gateway");
    assertThat(offer.ports()).containsExactly(new ServicePort("http-8080", 8080, AppProtocol.HTTP));
    assertThat(offer.labels()).containsExactly(Map.entry("owner", "edge-team"));
    assertThat(offer.endpoints().endpoints()).isEmpty();
    assertThat(reading.locationOf(offer.key())).isEqualTo(Location.of("f1.json"));
    assertThat(reading.locationOf("ingress-gateway edge", "Listeners[0].Port")).isPresent();
  }

  @Test
  void offersOnlyMarkedGatewaysWhereMarksAreAskedFor() throws Exception {
    assertThat(read(Selection.MARKED, WEB_IS_HTTP, gateway("{}")).offers()).isEmpty();
    assertThat(
            read(Selection.MARKED, WEB_IS_HTTP, gateway("{\"meshbridge-export\": \"true\"}"))
                .offers())
        .extracting(offer -> offer.key().name())
        .containsExactly("edge.gateway");
  }

  @Test
  void takesItNeitherForAServiceNorForAnInstanceOfOne() throws Exception {
    var reading =
        read(
            Selection.ALL,
            WEB_IS_HTTP,
            gateway("{}"),
            "{\"Kind\": \"ingress-gateway\", \"Name\": \"edge\", \"Port\": 8443}");

    assertThat(reading.offers())
        .extracting(offer -> offer.key().name())
        .containsExactly("edge.gateway", "web");
  }

  @Test
  void offersAnImportAgainOnlyIfItIsMarkedAndThenWithItsWay() throws Exception {
    // Given: what we wrote ourselves
    var written =
        (Translation.Written)
            translator.write(
                Gateways.edge(
                    AppProtocol.HTTP,
                    List.of(Gateways.http(80)),
                    Gateways.plain(Gateways.WEB, "a.example")),
                new WriteContext("books", new MeshId("consul-dc1"), ""));
    var entry = written.documents().getLast().content();

    // Then
    assertThat(translator.ownership(document(0, entry)))
        .hasValueSatisfying(owner -> assertThat(owner.service()).isEqualTo(Gateways.EDGE));
    assertThat(read(Selection.ALL, mapper.writeValueAsString(entry)).offers()).isEmpty();

    // When
    var marked = new LinkedHashMap<>(entry);
    var meta = new TreeMap<String, Object>(Fields.texts(entry, "Meta"));
    meta.put(Marks.CONSUL.export(), "true");
    marked.put("Meta", meta);
    var again = read(Selection.MARKED, mapper.writeValueAsString(marked)).offers();

    // Then
    assertThat(again)
        .singleElement()
        .satisfies(offer -> assertThat(offer.path()).hasToString("istio-a,consul-dc1"));
  }

  @Test
  void tellsFaultsInFilesAndTranslatesTheRest() throws Exception {
    // When
    var reading =
        read(
            Selection.ALL,
            WEB_IS_HTTP,
            """
            {"Kind": "ingress-gateway", "Name": "edge", "Listeners": [
              {"Port": 8080, "Protocol": "htp", "Services": [{"Name": "web"}]},
              {"Port": 8081, "Protocol": "http", "Services": [{"Name": "web"}]}]}
            """);

    // Then
    assertThat(reading.diagnostics())
        .filteredOn(found -> found.severity() == Diagnostic.Severity.ERROR)
        .singleElement()
        .satisfies(fault -> assertThat(fault.path()).isEqualTo("Listeners[0].Protocol"));
    assertThat(offer(reading).ports()).extracting(ServicePort::number).containsExactly(8081);
  }

  @Test
  void cannotReadAGatewayInFilesOfWhichNothingIsRight() throws Exception {
    var reading =
        read(
            Selection.ALL,
            "{\"Kind\": \"ingress-gateway\", \"Name\": \"edge\", \"Listeners\": [{\"Port\": 0,"
                + " \"Services\": [{\"Name\": \"db\"}]}]}");

    assertThat(reading.offers()).isEmpty();
    assertThat(reading.unreadable().values())
        .singleElement()
        .asString()
        .startsWith("f0.json: Listeners[0].Port must be");
    assertThat(reading.diagnostics()).hasSize(1);
  }

  private static String gateway(String meta) {
    return "{\"Kind\": \"ingress-gateway\", \"Name\": \"edge\", \"Listeners\": [{\"Port\": 8080,"
        + " \"Protocol\": \"http\", \"Services\": [{\"Name\": \"web\"}]}], \"Meta\": "
        + meta
        + "}";
  }

  private static Offer offer(Reading reading) {
    return reading.offers().stream()
        .filter(offer -> offer.ingress().isPresent())
        .findFirst()
        .orElseThrow();
  }

  private Reading read(Selection selection, String... texts) throws Exception {
    var documents = new ArrayList<Document>();
    for (String text : Arrays.asList(texts)) {
      documents.add(document(documents.size(), Fields.asObject(mapper.readValue(text, Map.class))));
    }
    return translator.read(documents, Recorder.MESH, selection);
  }

  private static Document document(int number, Map<String, Object> content) {
    return new Document(Location.of("f" + number + ".json"), content, Map.of());
  }
}
