package io.meshbridge.adapter.consul;

import java.time.Clock;
import java.util.Set;
import java.util.TreeSet;

/**
 * One blocking query per exported service: a change costs one small answer. Only where HTTP/2 lets
 * hundreds of queries share a connection; what is beyond the connections that we may open is swept.
 */
final class MultiplexedFeed implements ChangeFeed {
  private final int most;
  private final QueryFactory queries;
  private final Crew crew;
  private final EventSink events;
  private final Clock clock;
  // Of the deciding thread.
  private final Set<String> followed = new TreeSet<>();

  /** Begins blocking queries. */
  @FunctionalInterface
  interface QueryFactory {
    BlockingQuery query(String path, long index);
  }

  /** Takes events; it may block. */
  @FunctionalInterface
  interface EventSink {
    void put(SourceEvent event) throws InterruptedException;
  }

  /**
   * Follows nothing yet.
   *
   * @param most how many services can be followed
   */
  MultiplexedFeed(int most, QueryFactory queries, Crew crew, EventSink events, Clock clock) {
    this.most = most;
    this.queries = queries;
    this.crew = crew;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public void prepare(int services) {}

  @Override
  public void start() {}

  @Override
  public void follow(String service, long index) {
    if (followed.size() >= most) {
      return;
    }
    followed.add(service);
    crew.start(
        "follow " + service,
        () -> {
          var query = queries.query(CatalogApi.healthPath(service), index);
          while (true) {
            var answer = query.next();
            var instances = CatalogApi.instances(answer, service);
            events.put(
                new SourceEvent.Refreshed(service, instances, answer.index(), clock.instant()));
          }
        });
  }

  @Override
  public void forget(String service) {
    if (followed.remove(service)) {
      crew.stop("follow " + service);
    }
  }

  @Override
  public boolean catalogChanged(int services) {
    return false;
  }

  @Override
  public boolean follows(String service) {
    return followed.contains(service);
  }

  @Override
  public Set<String> unfollowed(Set<String> exported) {
    var rest = new TreeSet<>(exported);
    rest.removeAll(followed);
    return rest;
  }
}
