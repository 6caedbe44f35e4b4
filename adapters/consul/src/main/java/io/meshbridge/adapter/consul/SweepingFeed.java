package io.meshbridge.adapter.consul;

import io.meshbridge.spi.MeshUnavailableException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;

/**
 * For plain HTTP/1.1, where each blocking query holds a connection and an agent allows 200: one
 * query over all checks says which services' health changed, and when the catalog has changed, the
 * nodes say which instances did. Where there are too many nodes for that, exported services are
 * read again in turns.
 */
final class SweepingFeed implements ChangeFeed {
  private final ConsulHttp http;
  private final MultiplexedFeed.QueryFactory queries;
  private final Crew crew;
  private final MultiplexedFeed.EventSink events;
  private final Timing timing;
  private final NodeScan scan;
  private final Semaphore catalogChanges = new Semaphore(0);
  private Map<CheckKey, CheckState> known = Map.of();
  private long index;
  // Written by the thread that decides, read by the one that scans.
  private volatile int services;

  /** One check. */
  private record CheckKey(String node, String id) {}

  /** What tells that it changed, and whose it is. */
  private record CheckState(long modifyIndex, String service) {}

  /** Watches nothing yet. */
  SweepingFeed(
      ConsulHttp http,
      MultiplexedFeed.QueryFactory queries,
      Crew crew,
      MultiplexedFeed.EventSink events,
      Timing timing) {
    this.http = http;
    this.queries = queries;
    this.crew = crew;
    this.events = events;
    this.timing = timing;
    this.scan = new NodeScan(new CatalogApi(http, ReadMode.DEFAULT));
  }

  @Override
  public void prepare(int services) throws MeshUnavailableException, InterruptedException {
    var answer = http.get(CatalogApi.CHECKS);
    known = checks(answer);
    index = answer.index();
    // What changes from here on differs from what this sees.
    scan.changed(services);
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
    var rest = timing.pause();
    while (true) {
      catalogChanges.acquire();
      catalogChanges.drainPermits();
      var began = timing.nanoTime();
      var changed = scan.changed(services);
      events.put(
          changed.isPresent()
              ? new SourceEvent.Instances(changed.get())
              : new SourceEvent.Unseen());
      // So that it takes no more than half of one connection's time.
      rest.forMillis((timing.nanoTime() - began) / 1_000_000);
    }
  }

  @Override
  public void follow(String service, long index) {}

  @Override
  public void forget(String service) {}

  @Override
  public boolean catalogChanged(int now) {
    services = now;
    catalogChanges.release();
    return true;
  }

  @Override
  public boolean follows(String service) {
    return false;
  }

  @Override
  public Set<String> unfollowed(Set<String> exported) {
    return exported;
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
