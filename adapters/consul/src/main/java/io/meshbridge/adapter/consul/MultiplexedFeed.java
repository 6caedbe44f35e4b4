package io.meshbridge.adapter.consul;

import java.time.Clock;

/**
 * One blocking query per exported service: a change costs one small answer. Only where HTTP/2 lets
 * hundreds of queries share a few connections.
 */
final class MultiplexedFeed implements ChangeFeed {
  private final QueryFactory queries;
  private final Crew crew;
  private final EventSink events;
  private final Clock clock;

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

  MultiplexedFeed(QueryFactory queries, Crew crew, EventSink events, Clock clock) {
    this.queries = queries;
    this.crew = crew;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public void prepare() {}

  @Override
  public void start() {}

  @Override
  public void follow(String service) {
    crew.start(
        "follow " + service,
        () -> {
          // From 0: a change between the first read and this one must not be missed.
          var query = queries.query(CatalogApi.healthPath(service), 0);
          while (true) {
            var instances = CatalogApi.instances(query.next(), service);
            events.put(new SourceEvent.Refreshed(service, instances, clock.instant()));
          }
        });
  }

  @Override
  public void forget(String service) {
    crew.stop("follow " + service);
  }

  @Override
  public boolean needsSweeps() {
    return false;
  }
}
