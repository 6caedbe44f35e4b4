package io.meshbridge.log;

import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Export;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Health;
import io.meshbridge.model.Locality;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.ServicePort;
import io.meshbridge.model.traffic.Ingress;
import io.meshbridge.model.traffic.Listener;
import io.meshbridge.model.traffic.ListenerTls;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.status.ImportState;
import io.meshbridge.status.ImportStatus;
import io.meshbridge.status.Placement;
import io.meshbridge.status.StatusCodec;
import io.meshbridge.testkit.TrafficGenerators;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Records of every type and shape, written by the code that writes them into the log. */
final class EventsToRecord {
  private static final int POLICIES = 24;
  private static final FederationTopics TOPICS = RecordedEvent.TOPICS;
  private static final String OPERATORS = "meshbridge/demo";
  private static final MeshId CONSUL = new MeshId("consul-b");
  private static final ServiceKey ODD = new ServiceKey(Samples.MESH, "book shop", "web/1 ü");

  private final List<RecordedEvent> events = new ArrayList<>();

  private EventsToRecord() {}

  /** All of them; the same ones each time. */
  static List<RecordedEvent> all() {
    var recorder = new EventsToRecord();
    recorder.addMeshes();
    recorder.addMembersAndOrders();
    recorder.addStatuses();
    recorder.addDeadLetters();
    return List.copyOf(recorder.events);
  }

  private void addMeshes() {
    Samples.ALL.forEach(this::add);
    for (Heartbeat.SourceState state : Heartbeat.SourceState.values()) {
      add(new MeshRecord.Beat(new Heartbeat(Samples.NOW, "bridge-0", "0.1.0", state, "")));
    }
    add(exported(ODD, TrafficPolicy.NONE));
    add(new MeshRecord.ExportGone(ODD));
    addChunks();
    add(gateway());
    for (int seed = 0; seed < POLICIES; seed++) {
      add(
          exported(
              Samples.CATALOG, new TrafficGenerators(new Random(seed), Samples.CATALOG).policy()));
    }
  }

  private void addChunks() {
    for (int chunk = 0; chunk < 2; chunk++) {
      var endpoints = new ArrayList<Endpoint>();
      for (Health health : Health.values()) {
        endpoints.add(endpoint("10.1.%d.%d".formatted(chunk, health.ordinal() + 1), health));
      }
      add(new MeshRecord.EndpointsChanged(ODD, chunk, 2, EndpointList.of(endpoints)));
    }
    add(new MeshRecord.EndpointsGone(ODD, 1));
  }

  private static Endpoint endpoint(String address, Health health) {
    return new Endpoint(
        address,
        new TreeMap<>(Map.of("http", 8080)),
        health,
        3,
        new Locality("eu-west-1", "eu-west-1a"),
        "vpc-1",
        new TreeMap<>(Map.of("version", "v2")),
        "spiffe://cluster.local/ns/bookshop/sa/catalog");
  }

  private static MeshRecord exported(ServiceKey key, TrafficPolicy policy) {
    var ports = new ArrayList<ServicePort>();
    for (AppProtocol protocol : AppProtocol.values()) {
      ports.add(new ServicePort("p" + protocol.ordinal(), 8000 + protocol.ordinal(), protocol));
    }
    return new MeshRecord.Exported(
        new Export(
            key,
            ports,
            new TreeMap<>(Map.of("app", "catalog")),
            List.of("catalog.bookshop.svc.cluster.local"),
            Samples.NOW,
            FederationPath.startingAt(Samples.MESH),
            AccessPolicy.OPEN,
            policy,
            Optional.empty(),
            losses()));
  }

  private static MeshRecord gateway() {
    var ingress =
        new Ingress(
            List.of(
                listener("mysql", 3306, Listener.Kind.TCP, Optional.empty()),
                listener("raw", 8443, Listener.Kind.TLS, Optional.empty()),
                listener(
                    "https",
                    443,
                    Listener.Kind.HTTPS,
                    Optional.of(
                        new ListenerTls(
                            ListenerTls.Mode.TERMINATE, List.of("shop"), Optional.empty())))));
    return new MeshRecord.Exported(
        new Export(
            Ingress.keyOf(Samples.MESH, "bookshop", "front"),
            ingress.ports(),
            new TreeMap<>(),
            List.of(),
            Samples.NOW,
            FederationPath.startingAt(Samples.MESH),
            AccessPolicy.OPEN,
            TrafficPolicy.NONE,
            Optional.of(ingress),
            List.of()));
  }

  private static Listener listener(
      String name, int port, Listener.Kind kind, Optional<ListenerTls> tls) {
    return new Listener(name, port, kind, List.of("shop.example.org"), tls, Sources.NONE);
  }

  private static List<Loss> losses() {
    return Arrays.stream(Loss.Outcome.values())
        .map(
            outcome ->
                new Loss(
                    new Location("VirtualService bookshop/catalog", 3),
                    "spec.http[0].colour",
                    outcome,
                    "the field is not known",
                    "check its spelling"))
        .toList();
  }

  private void addMembersAndOrders() {
    var members =
        List.of(
            new Member(
                CONSUL, "consul", "", "b.example.org", List.of(), List.of(), Member.State.ACTIVE),
            new Member(
                Samples.MESH,
                "istio",
                "cluster.local",
                "a.example.org",
                List.of("10.0.0.0/8"),
                List.of(CONSUL),
                Member.State.RETIRED));
    for (Member member : members) {
      addOfOperators(TOPICS.members(), new MemberCodec().encode(member, Samples.NOW));
      addOfOperators(
          TOPICS.trail(), ActCodec.memberSet("m-" + member.id(), member, "anna", "", Samples.NOW));
    }
    addOfOperators(
        TOPICS.members(),
        new OutgoingRecord(MemberCodec.key(CONSUL), EventType.MEMBER.text(), "", Samples.NOW));
    for (int i = 0; i < OrderCodecTest.ORDERS.size(); i++) {
      var order = OrderCodecTest.ORDERS.get(i);
      addOfOperators(TOPICS.orders(), new OrderCodec().give(order));
      addOfOperators(TOPICS.trail(), ActCodec.given("g-" + i, order));
      addOfOperators(TOPICS.orders(), new OrderCodec().lift(order));
      addOfOperators(TOPICS.trail(), ActCodec.lifted("l-" + i, order));
    }
    addOfOperators(
        TOPICS.trail(), ActCodec.uninstalled("u-1", CONSUL, "anna", "moves", Samples.NOW));
  }

  private void addStatuses() {
    var service = new ServiceKey(CONSUL, "default", "stock/2");
    var placements =
        Arrays.stream(Placement.Hop.values())
            .map(hop -> new Placement("traffic.http[0]", hop, "it is the only one that can"))
            .toList();
    for (ImportState state : ImportState.values()) {
      var status =
          new ImportStatus(
              Samples.MESH,
              service,
              "stock-2.consul-b",
              state,
              Samples.NOW,
              84,
              "as it is",
              placements,
              losses());
      addStatus(service, StatusCodec.encode(status));
    }
    addStatus(service, "");
  }

  private void addStatus(ServiceKey service, String json) {
    var record =
        new OutgoingRecord(StatusCodec.key(service), EventType.STATUS.text(), json, Samples.NOW);
    events.add(RecordedEvent.of(TOPICS.status(Samples.MESH), TOPICS.source(Samples.MESH), record));
  }

  private void addDeadLetters() {
    var value = "{}".getBytes(StandardCharsets.UTF_8);
    var letter = DeadLetter.of(TOPICS.mesh(Samples.MESH), 7, "access is missing", "1f", value);
    addOfOperators(
        TOPICS.deadLetters(),
        new OutgoingRecord(letter.key(), EventType.DEAD_LETTER.text(), letter.json(), Samples.NOW));
  }

  private void add(MeshRecord record) {
    events.add(
        RecordedEvent.of(
            TOPICS.mesh(Samples.MESH),
            TOPICS.source(Samples.MESH),
            new RecordCodec().encode(record, Samples.NOW)));
  }

  private void addOfOperators(String topic, OutgoingRecord record) {
    events.add(RecordedEvent.of(topic, OPERATORS, record));
  }
}
