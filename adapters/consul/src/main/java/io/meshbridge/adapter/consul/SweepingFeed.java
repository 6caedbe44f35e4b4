package io.meshbridge.adapter.consul;

import io.meshbridge.spi.MeshUnavailableException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * For plain HTTP/1.1, where each blocking query holds a connection and an agent allows 200: one
 * query over all checks says which services' health changed, and when the catalog has changed, the
 * nodes of the exported services say which instances did. What both miss is found by reading the
 * exported services again.
 */
final class SweepingFeed implements ChangeFeed {
  private final ConsulHttp http;
  private final MultiplexedFeed.QueryFactory queries;
  private final Crew crew;
  private final MultiplexedFeed.EventSink events;
  private final Supplier<Set<String>> nodes;
  private Map<CheckKey, CheckState> known = Map.of();
  private long index;

  /** One check. */
  private record CheckKey(String node, String id) {}

  /** What tells that it changed, and whose it is. */
  private record CheckState(long modifyIndex, String service) {}

  /**
   * Watches nothing yet.
   *
   * @param nodes the nodes on which exported services have instances
   */
  SweepingFeed(
      ConsulHttp http,
      MultiplexedFeed.QueryFactory queries,
      Crew crew,
      MultiplexedFeed.EventSink events,
      Supplier<Set<String>> nodes) {
    this.nodes = nodes;
    this.http = http;
    this.queries = queries;
    this.crew = crew;
    this.events = events;
  }

  @Override
  public void prepare() throws MeshUnavailableException, InterruptedException {
    var answer = http.get(CatalogApi.CHECKS);
    known = checks(answer);
    index = answer.index();
  }

  @Override
  public void start() {
    crew.start(
        "checks",
        () -> {
          var query = queries.query(CatalogApi.CHECKS, index);
          while (true) {
            compare(checks(query.next()));
          }
        });
    crew.start("nodes", this::scanNodes);
  }

  private void scanNodes() throws MeshUnavailableException, InterruptedException {
    var scan = new NodeScan(new CatalogApi(http));
    // From index 0 the first answer comes at once: then the nodes are read for comparison.
    var query = queries.query(CatalogApi.SERVICES, 0);
    while (true) {
      query.next();
      var changed = scan.changed(nodes.get());
      if (!changed.isEmpty()) {
        events.put(new SourceEvent.Instances(changed));
      }
    }
  }

  @Override
  public void follow(String service) {}

  @Override
  public void forget(String service) {}

  @Override
  public boolean needsSweeps() {
    return true;
  }

  private void compare(Map<CheckKey, CheckState> now) throws InterruptedException {
    var services = new TreeSet<String>();
    var nodes = new TreeSet<String>();
    now.forEach(
        (key, state) -> {
          if (!state.equals(known.get(key))) {
            note(key, state, services, nodes);
          }
        });
    known.forEach(
        (key, state) -> {
          if (!now.containsKey(key)) {
            note(key, state, services, nodes);
          }
        });
    known = now;
    if (!services.isEmpty() || !nodes.isEmpty()) {
      events.put(new SourceEvent.Checks(services, nodes));
    }
  }

  private static void note(
      CheckKey key, CheckState state, TreeSet<String> services, TreeSet<String> nodes) {
    if (state.service().isEmpty()) {
      nodes.add(key.node());
    } else {
      services.add(state.service());
    }
  }

  private static Map<CheckKey, CheckState> checks(Answer answer) throws MeshUnavailableException {
    CatalogApi.requireWhole(answer, CatalogApi.CHECKS);
    var checks = new HashMap<CheckKey, CheckState>();
    for (var check : Fields.objects(answer.body())) {
      checks.put(
          new CheckKey(Fields.text(check, "Node"), Fields.text(check, "CheckID")),
          new CheckState(Fields.index(check, "ModifyIndex"), Fields.text(check, "ServiceName")));
    }
    return checks;
  }
}
