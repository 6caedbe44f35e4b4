package io.meshbridge.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Health;
import io.meshbridge.model.Import;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.NameSyntax;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.ServicePort;
import io.meshbridge.spi.Offer;
import io.meshbridge.testkit.HandClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A federation of three meshes in one thread. Two services of different meshes can want one name:
 * {@code web} of mesh {@code b-m} and {@code web-b} of mesh {@code m}.
 */
final class Federation {
  private static final List<String> NAMES = List.of("web", "web-b", "api");
  private static final List<String> NAMESPACES = List.of("one", "two");
  private static final int PATIENCE = 60;

  private final HandClock clock = HandClock.at("2026-11-22T10:00:00Z");
  private final List<SimMesh> meshes;
  private final Map<MeshId, SimTopic> topics = new TreeMap<>();
  private final List<SimBridge> bridges = new ArrayList<>();
  private final Map<MeshId, Member> members = new TreeMap<>();
  private final Rules rules;

  Federation() {
    meshes =
        List.of(
            new SimMesh("m", NameSyntax.DNS_LABEL, "{service}-{mesh}", clock),
            new SimMesh("b-m", NameSyntax.DNS_NAME, "{service}.{namespace}.{suffix}", clock),
            new SimMesh("z", NameSyntax.DNS_LABEL, "{service}-{mesh}", clock));
    meshes.forEach(mesh -> topics.put(mesh.id(), new SimTopic()));
    meshes.forEach(mesh -> members.put(mesh.id(), Member.active(mesh.id(), "sim")));
    meshes.forEach(mesh -> bridges.add(new SimBridge(mesh, topics, clock)));
    bridges.forEach(bridge -> bridge.learn(members));
    rules = new Rules(meshes);
  }

  /** Does one step, and checks what must hold at any time. */
  void play(Op op) throws InterruptedException {
    clock.advance(Duration.ofMillis(op.c() % 3));
    var mesh = meshes.get(op.a() % meshes.size());
    var bridge = bridges.get(op.a() % meshes.size());
    var other = meshes.get(op.b() % meshes.size());
    var topic = topics.get(mesh.id());
    switch (op.kind()) {
      case OFFER -> mesh.offer(offer(mesh, op));
      case FLAP -> mesh.changeEndpoints(service(mesh, op.b()), endpoints(mesh, op.c()));
      case VANISH -> mesh.vanish(service(mesh, op.b()));
      case UNREADABLE -> mesh.spoil(service(mesh, op.b()));
      case INTERRUPT -> mesh.interrupt();
      case RECOVER -> mesh.recover();
      case NETWORK -> mesh.moveTo(op.b() % 3 == 0 ? "net-1" : "");
      case OBSERVE -> bridge.observe(1 + op.b() % 6);
      case PUBLISH -> bridge.publish(1 + op.b() % 4);
      case BEAT -> bridge.beat();
      case RESTART_EXPORTER -> bridge.restartExporter(bridge.allowsTransit());
      case RESTART_IMPORTER -> bridge.restartImporter();
      case RESTART_BRIDGE -> bridge.restart(members);
      case TRANSIT -> bridge.restartExporter(op.b() % 2 == 0);
      case DELIVER -> bridge.deliver(other.id(), 1 + op.c() % 12);
      case DUPLICATE -> bridge.duplicate(other.id(), 1 + op.c() % 6);
      case WORK -> bridge.work(1 + op.b() % 5);
      case REPAIR -> bridge.repair();
      case COMPACT -> topic.compact(op.b() % 6);
      case EXPIRE -> expire(mesh.id());
      case RECREATE -> topic.recreate();
      case TRUNCATE -> topic.truncate(op.b() % 8);
      case LOSE_MARKER -> topic.loseMarker();
      case JOIN -> members.put(mesh.id(), Member.active(mesh.id(), "sim"));
      case RETIRE -> members.computeIfPresent(mesh.id(), (id, member) -> member.retired());
      case UNLIST -> members.remove(mesh.id());
      case ADMIT -> members.computeIfPresent(mesh.id(), (id, member) -> admit(member, op.b()));
      case RANGE -> members.computeIfPresent(mesh.id(), (id, member) -> range(member, op.b()));
      case LEARN -> bridge.learn(members);
      case SILENCE -> silence(bridge, other.id());
      case FAIL -> mesh.sink().failNext(1 + op.b() % 3);
      case TAKE_NAME ->
          mesh.sink().takeName(Oracle.plainName(service(other, op.c()), mesh), "a stranger");
      case FREE_NAMES -> mesh.sink().foreignNames().forEach(mesh.sink()::freeName);
    }
    check();
  }

  /**
   * Inputs stop, faults are mended, everything is delivered: then every target is as it must be.
   */
  void settle() throws InterruptedException {
    for (SimMesh mesh : meshes) {
      mesh.heal();
      mesh.sink().failNext(0);
      members.putIfAbsent(mesh.id(), Member.active(mesh.id(), "sim"));
    }
    bridges.forEach(bridge -> bridge.silence(Map.of()));
    comeToRest();
    everyTargetIsAsItMustBe();
  }

  /** A restart of everything writes nothing. */
  void restartOfEverythingChangesNothing() throws InterruptedException {
    var ends = ends();
    int writes = writes();
    int statusRecords = statusRecords();
    bridges.forEach(bridge -> bridge.restart(members));
    comeToRest();
    assertThat(ends()).as("rule 7: the ends of the topics after a restart").isEqualTo(ends);
    assertThat(writes()).as("rule 7: writes into meshes after a restart").isEqualTo(writes);
    assertThat(statusRecords())
        .as("rule 7: status records after a restart")
        .isEqualTo(statusRecords);
  }

  private void comeToRest() throws InterruptedException {
    for (int round = 0; round < PATIENCE; round++) {
      var ends = ends();
      int writes = writes();
      for (SimBridge bridge : bridges) {
        bridge.learn(members);
        bridge.observe(Integer.MAX_VALUE);
        bridge.publish(Integer.MAX_VALUE);
        bridge.beat();
        check();
        meshes.forEach(mesh -> bridge.deliver(mesh.id(), Integer.MAX_VALUE));
        bridge.work(0);
        bridge.repair();
        for (int i = 0; i < 10 && bridge.backlog() > 0; i++) {
          bridge.work(20);
          check();
        }
      }
      boolean isIdle = bridges.stream().allMatch(bridge -> bridge.backlog() == 0);
      if (isIdle && round > 0 && ends.equals(ends()) && writes == writes()) {
        return;
      }
    }
    fail("rule 6: the federation does not come to rest");
  }

  private void everyTargetIsAsItMustBe() {
    var transit =
        IntStream.range(0, meshes.size())
            .filter(i -> bridges.get(i).allowsTransit())
            .mapToObj(i -> meshes.get(i).id())
            .collect(Collectors.toSet());
    var expected = new Oracle(meshes, members, transit, topics).expected();
    for (SimMesh target : meshes) {
      var standing = target.sink().standing();
      var wanted = expected.get(target.id());
      assertThat(standing.keySet())
          .as("rule 6: the imports in %s", target.id())
          .isEqualTo(wanted.keySet());
      wanted.forEach((service, what) -> isAsExpected(standing.get(service), what, target));
    }
  }

  private static void isAsExpected(Import actual, Oracle.Expected expected, SimMesh target) {
    var where = "rule 6: %s in %s".formatted(actual.service(), target.id());
    if (expected.isPlain()) {
      assertThat(actual.name()).as(where).isEqualTo(expected.name());
    } else {
      assertThat(actual.name()).as(where).startsWith(expected.name()).isNotEqualTo(expected.name());
    }
    assertThat(actual.export().ports()).as(where).isEqualTo(expected.ports());
    assertThat(actual.export().labels()).as(where).isEqualTo(expected.labels());
    assertThat(actual.export().path()).as(where).isEqualTo(expected.path());
    assertThat(Set.copyOf(actual.endpoints().endpoints()))
        .as(where)
        .isEqualTo(Set.copyOf(expected.endpoints()));
  }

  private void check() {
    meshes.forEach(SimMesh::noticeImports);
    rules.check(members);
  }

  private void expire(MeshId mesh) {
    long upTo = topics.get(mesh).expireTombstones();
    bridges.forEach(bridge -> bridge.tombstonesExpired(mesh, upTo));
  }

  private static void silence(SimBridge bridge, MeshId mesh) {
    var silent = new HashMap<>(bridge.silent());
    if (silent.remove(mesh) == null) {
      silent.put(mesh, "no heartbeat");
    }
    bridge.silence(silent);
  }

  private Member admit(Member member, int choice) {
    int index = choice % (meshes.size() + 1);
    var importers =
        index == meshes.size() ? List.<MeshId>of() : List.of(meshes.get(index).id(), member.id());
    return new Member(
        member.id(),
        member.kind(),
        member.trustDomain(),
        member.hostSuffix(),
        member.addressRanges(),
        importers,
        member.state());
  }

  private Member range(Member member, int choice) {
    var ranges = new TreeSet<String>();
    if (choice % 2 == 0) {
      for (SimMesh mesh : meshes) {
        ranges.add(Rules.addressBlock(mesh.id()) + "0.0/32");
        ranges.add(Rules.addressBlock(mesh.id()) + "0.2/32");
      }
    }
    return new Member(
        member.id(),
        member.kind(),
        member.trustDomain(),
        member.hostSuffix(),
        List.copyOf(ranges),
        member.importers(),
        member.state());
  }

  private static ServiceKey service(SimMesh mesh, int choice) {
    return new ServiceKey(
        mesh.id(),
        NAMESPACES.get(choice / NAMES.size() % NAMESPACES.size()),
        NAMES.get(choice % NAMES.size()));
  }

  private Offer offer(SimMesh mesh, Op op) {
    var key = service(mesh, op.b());
    var access = op.c() % 8 == 0 ? AccessPolicy.meshIdentityRequired("strict") : AccessPolicy.OPEN;
    var labels = new TreeMap<String, String>();
    labels.put("v", Integer.toString(rules.step()));
    return new Offer(
        key,
        List.of(new ServicePort("http", 80 + op.c() % 3, AppProtocol.HTTP)),
        labels,
        List.of(key.name() + "." + key.namespace()),
        access,
        endpoints(mesh, op.c()),
        FederationPath.startingAt(mesh.id()),
        List.of());
  }

  private static EndpointList endpoints(SimMesh mesh, int choice) {
    var endpoints = new ArrayList<Endpoint>();
    for (int i = 0; i < choice % 4; i++) {
      endpoints.add(
          Endpoint.ready(Rules.addressBlock(mesh.id()) + "0." + i, Map.of("http", 8080))
              .withHealth((choice >> i & 4) == 0 ? Health.READY : Health.NOT_READY));
    }
    return EndpointList.of(endpoints);
  }

  private Map<MeshId, Long> ends() {
    var ends = new TreeMap<MeshId, Long>();
    topics.forEach((mesh, topic) -> ends.put(mesh, topic.end()));
    return ends;
  }

  private int writes() {
    return meshes.stream().mapToInt(mesh -> mesh.sink().writes()).sum();
  }

  private int statusRecords() {
    return bridges.stream().mapToInt(SimBridge::statusRecords).sum();
  }
}
