package io.meshbridge.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshbridge.concurrent.Threads;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Export;
import io.meshbridge.model.Import;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServicePort;
import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.Arrival;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.ExportNews;
import io.meshbridge.spi.ExportReport;
import io.meshbridge.spi.MeshAdapter;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.Observation;
import io.meshbridge.spi.Settings;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.testkit.RecordingObserver;
import io.meshbridge.testkit.Samples;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * What a bridge does with a mesh, as a ServiceAccount of its own, to which copies of the roles of
 * an overlay and its components are bound.
 */
final class GuardedBridge implements AutoCloseable {
  private static final Set<String> KINDS =
      Set.of("ServiceAccount", "ClusterRole", "Role", "ClusterRoleBinding", "RoleBinding");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String NAMESPACE = "meshbridge";
  private static final String SHOP = "shop";

  private final KubernetesTestApi api;
  private final String suffix;
  private final RecordingObserver heard = new RecordingObserver(PATIENCE);
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final String account;
  private final String mesh;
  private final String importName;
  private final MeshConnection connection;
  private final Thread source;

  /**
   * Starts to read.
   *
   * @param shipped an overlay's objects, and the rights of components that go with it
   * @param suffix for whatever must be told apart from other bridges
   */
  GuardedBridge(
      KubernetesTestApi api,
      MeshAdapter adapter,
      List<JsonNode> shipped,
      Right taken,
      String suffix) {
    this.api = api;
    this.suffix = suffix;
    this.mesh = "here-" + suffix;
    this.importName =
        adapter.kind().equals("istio")
            ? "%s.shop.there.mesh.internal"
            : "%s-there.meshbridge-imports";
    this.account =
        Rendered.one(shipped, "ServiceAccount").at("/metadata/name").asText() + "-" + suffix;
    shipped.stream()
        .filter(object -> KINDS.contains(object.path("kind").asText()))
        .map(object -> copy(object, taken))
        .forEach(this::create);
    this.connection =
        adapter.connect(
            Settings.check(
                adapter.settings(),
                Map.of(
                    "kubeconfig", api.kubeconfigOf(NAMESPACE, account).toString(),
                    "namespace", "meshbridge-imports",
                    "create-namespace", "false",
                    "marks.service-export", "true",
                    "tell.service-export", "true",
                    "tell.events", "true")),
            new ConnectionContext(
                "guarded-" + suffix, Samples.mesh(mesh, adapter.kind()), Clock.systemUTC()));
    this.source = Thread.ofVirtual().start(this::read);
  }

  /** By which its lines in the log are told from others'. */
  String name() {
    return "mesh=" + mesh + " ";
  }

  RecordingObserver heard() {
    return heard;
  }

  /** Every complaint so far, but for those in the log. */
  List<String> said() {
    return Stream.concat(
            said.stream(),
            heard.all(Observation.Interrupted.class).stream().map(Observation.Interrupted::reason))
        .distinct()
        .toList();
  }

  /** Reads the mesh once as the commands do that look first. */
  void look() throws InterruptedException {
    try {
      connection.documents().diagnostics().forEach(found -> said.add(found.message()));
    } catch (MeshUnavailableException unavailable) {
      said.add(String.valueOf(unavailable.getMessage()));
    }
  }

  /** Creates, changes and removes an import, and takes leave. */
  void write() throws InterruptedException {
    var service = Samples.key("there", "shop", "web-" + suffix);
    var before = Samples.importNamed(importName.formatted(service.name()), service, "10.9.0.1");
    try {
      var sink = connection.sink();
      sink.start(touched -> {});
      note(sink.apply(before, WritePermit.ALWAYS));
      note(sink.apply(changed(before), WritePermit.ALWAYS));
      sink.remove(service, WritePermit.ALWAYS);
      said.addAll(sink.tidy(WritePermit.ALWAYS));
    } catch (MeshUnavailableException unavailable) {
      said.add(String.valueOf(unavailable.getMessage()));
    }
  }

  /** Tells the owner of an export of his own that it arrived. */
  void tell() throws InterruptedException {
    var service = Samples.key(mesh, SHOP, told());
    var arrived = new Arrival(Arrival.State.IMPORTED, "web-there", "");
    var now =
        new ExportReport(service, true, "", new TreeMap<>(Map.of(new MeshId("there"), arrived)));
    try {
      var owners = connection.owners().orElseThrow();
      owners.start(touched -> {});
      owners.tell(
          new ExportNews(ExportReport.nothing(service), now, Instant.now()), WritePermit.ALWAYS);
    } catch (MeshUnavailableException unavailable) {
      said.add(String.valueOf(unavailable.getMessage()));
    }
  }

  /** The name of the export of which its owner is told. */
  String told() {
    return "told-" + suffix;
  }

  @Override
  public void close() {
    source.interrupt();
    Threads.join(source);
    connection.close();
  }

  private void note(ApplyOutcome outcome) {
    if (!(outcome instanceof ApplyOutcome.Applied applied && applied.written())) {
      said.add(outcome.toString());
    }
  }

  /** With another port and another endpoint, so that each of its objects changes. */
  private static Import changed(Import before) {
    var export = Samples.export(before.service());
    return new Import(
        before.name(),
        new Export(
            export.key(),
            List.of(new ServicePort(Samples.HTTP.name(), 81, AppProtocol.HTTP)),
            export.labels(),
            export.hostnames(),
            export.firstSeen(),
            export.path(),
            export.access()),
        Samples.endpoints("10.9.0.2"),
        Samples.mesh("there"));
  }

  private void read() {
    try {
      connection.source().run(heard);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private ObjectNode copy(JsonNode object, Right taken) {
    ObjectNode copy = object.deepCopy();
    taken.takeFrom(copy);
    rename((ObjectNode) copy.path("metadata"));
    if (copy.has("roleRef")) {
      rename((ObjectNode) copy.path("roleRef"));
      ((ObjectNode) copy.path("subjects").path(0)).put("name", account).put("namespace", NAMESPACE);
    }
    return copy;
  }

  private void rename(ObjectNode named) {
    named.put("name", named.path("name").asText() + "-" + suffix);
  }

  private void create(ObjectNode object) {
    var text = object.toString().getBytes(StandardCharsets.UTF_8);
    api.client().load(new ByteArrayInputStream(text)).create();
  }
}
