package io.meshbridge.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.meshbridge.adapter.files.ManifestReader;
import io.meshbridge.model.MeshId;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Translator.WriteContext;
import io.meshbridge.testkit.SeededRuns;
import io.meshbridge.testkit.consul.ConsulAgent;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What a control plane refuses is never written: real servers take the translation of every golden
 * case and of policies at random, in the order in which they are told.
 *
 * <p>All cases of a server in one thread: it is ended after the last that was begun.
 *
 * <p>A real API server is asked where the environment names one, and judges by the meshes' own
 * definitions where the environment names these.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class ServersAcceptWhatIsWrittenTest {
  private static final Path GOLDEN = Path.of("test", "golden");
  private static final int RUNS = 60;

  @TestFactory
  @Execution(ExecutionMode.SAME_THREAD)
  Stream<DynamicNode> anAgentOfConsulTakesEveryEntry() {
    var agent = ConsulAgent.start();
    var consul = new ConsulServer(agent);
    return Stream.of(Make.ISTIO, Make.ISTIO_ROUTES, Make.LINKERD)
        .<DynamicNode>map(from -> cases(new Make.Way(from, Make.CONSUL), "1.8.7", consul))
        .onClose(agent::close);
  }

  @TestFactory
  @Execution(ExecutionMode.SAME_THREAD)
  Stream<DynamicNode> aClusterTakesEveryObject() {
    var api = KubernetesTestApi.start();
    assumeThat(api.isReal()).as("an API in memory refuses nothing").isTrue();
    var cluster = new Cluster(api);
    return Stream.of(Make.values())
        .flatMap(from -> Stream.of(Make.ISTIO, Make.LINKERD).map(to -> new Make.Way(from, to)))
        .<DynamicNode>map(way -> cases(way, "", cluster))
        .onClose(api::close);
  }

  /** A server that judges documents. */
  @FunctionalInterface
  private interface Server {
    void take(List<Map<String, Object>> documents);
  }

  private static DynamicNode cases(Make.Way way, String version, Server server) {
    var seeded =
        DynamicContainer.dynamicContainer(
            "policies at random",
            SeededRuns.of(RUNS)
                .check(
                    random -> {
                      var sketch = new SketchGenerator(random).wild();
                      var documents =
                          Extras.written(way.from(), sketch, random).stream()
                              .map(Passage::document)
                              .toList();
                      server.take(translated(way, version, documents));
                    }));
    var golden =
        DynamicContainer.dynamicContainer(
            "golden cases",
            goldenCases(way.from().adapter().kind())
                .map(
                    folder ->
                        DynamicTest.dynamicTest(
                            folder.getFileName().toString(),
                            () -> server.take(translated(way, version, read(folder))))));
    return DynamicContainer.dynamicContainer(way.toString(), Stream.of(seeded, golden));
  }

  private static List<Map<String, Object>> translated(
      Make.Way way, String version, List<Document> documents) {
    return new OfflineTranslation(
            way.from().adapter(),
            way.to().adapter(),
            new MeshId("away"),
            new WriteContext("test", new MeshId("here"), "", version))
        .translate(documents).documents().stream().map(NativeDocument::content).toList();
  }

  private static Stream<Path> goldenCases(String make) {
    try (var folders = Files.list(GOLDEN.resolve(make))) {
      return folders.sorted().toList().stream();
    } catch (IOException unlisted) {
      throw new UncheckedIOException(unlisted);
    }
  }

  private static List<Document> read(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("in-"))
          .sorted()
          .flatMap(
              file ->
                  new ManifestReader()
                      .read(file, ManifestReader.Progress.SILENT).documents().stream())
          .toList();
    }
  }

  /** Takes documents as an operator brings them, and forgets them in reverse order. */
  private record ConsulServer(ConsulAgent agent) implements Server {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public void take(List<Map<String, Object>> documents) {
      for (Map<String, Object> document : documents) {
        assertThatCode(() -> put(document))
            .as("%s, of %s", text(document), documents)
            .doesNotThrowAnyException();
      }
      documents.reversed().forEach(this::delete);
    }

    private void put(Map<String, Object> document) {
      var path = isEntry(document) ? "/v1/config" : "/v1/catalog/register";
      agent.api().put(path, text(document));
    }

    private void delete(Map<String, Object> document) {
      if (isEntry(document)) {
        agent.api().delete("/v1/config/" + document.get("Kind") + "/" + document.get("Name"));
      } else {
        var node = Map.<String, Object>of("Node", Objects.requireNonNull(document.get("Node")));
        agent.api().put("/v1/catalog/deregister", text(node));
      }
    }

    private static boolean isEntry(Map<String, Object> document) {
      return document.containsKey("Kind");
    }

    private static String text(Map<String, Object> document) {
      try {
        return JSON.writeValueAsString(document);
      } catch (JsonProcessingException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  /** Judges objects, and keeps none. */
  private record Cluster(KubernetesTestApi api) implements Server {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> PLURALS =
        Map.of(
            "ServiceEntry", "serviceentries",
            "DestinationRule", "destinationrules",
            "VirtualService", "virtualservices",
            "Gateway", "gateways",
            "Service", "services",
            "EndpointSlice", "endpointslices",
            "HTTPRoute", "httproutes",
            "GRPCRoute", "grpcroutes",
            "TLSRoute", "tlsroutes",
            "TCPRoute", "tcproutes");

    @Override
    public void take(List<Map<String, Object>> documents) {
      for (Map<String, Object> document : documents) {
        var object = JSON.convertValue(document, GenericKubernetesResource.class);
        // Linkerd looks at some routes in a version that the newest definitions no longer serve.
        object.setApiVersion(object.getApiVersion().replace("v1alpha2", "v1"));
        var namespace = object.getMetadata().getNamespace();
        api.namespace(namespace);
        var taken =
            api.client()
                .genericKubernetesResources(contextOf(object))
                .inNamespace(namespace)
                .resource(object)
                .dryRun()
                .fieldManager("test")
                .forceConflicts()
                .serverSideApply();
        assertThat(taken.getMetadata().getName()).isEqualTo(object.getMetadata().getName());
      }
    }

    private static ResourceDefinitionContext contextOf(GenericKubernetesResource object) {
      return new ResourceDefinitionContext.Builder()
          .withGroup(
              object.getApiVersion().contains("/")
                  ? object.getApiVersion().replaceFirst("/.*", "")
                  : "")
          .withVersion(object.getApiVersion().replaceFirst(".*/", ""))
          .withKind(object.getKind())
          .withPlural(Objects.requireNonNull(PLURALS.get(object.getKind()), object.getKind()))
          .withNamespaced(true)
          .build();
    }
  }
}
