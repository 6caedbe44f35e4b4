package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.istio.traffic.Capabilities;
import io.meshbridge.adapter.kubernetes.FeedEvent;
import io.meshbridge.adapter.kubernetes.FeedGroup;
import io.meshbridge.adapter.kubernetes.ResourceQuery;
import io.meshbridge.adapter.kubernetes.ResourceType;
import io.meshbridge.adapter.kubernetes.Table;
import io.meshbridge.spi.MeshUnavailableException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What the target's istiod can be told, by its version. A server that does not say which runs is
 * taken at its word in the configuration, or else for the newest that is known.
 */
final class TargetVersion {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String configured;
  private final Runnable changed;
  private final CountDownLatch answered = new CountDownLatch(1);
  // Belongs to the feed's thread.
  private final Table<String> versions = new Table<>();
  // Written by the feed's thread, read by writers.
  private volatile Capabilities capabilities;

  /**
   * Nothing was read yet.
   *
   * @param configured the version that the configuration names; may be empty
   * @param changed told, from the feed's thread, when the target can be told other things
   */
  TargetVersion(String configured, Runnable changed) {
    this.configured = configured;
    this.changed = changed;
    this.capabilities = Capabilities.of(configured);
  }

  void watch(FeedGroup feeds, String rootNamespace) {
    feeds.start(
        new ResourceQuery(ResourceType.DEPLOYMENT, rootNamespace, "app=istiod", ""),
        MeshFacts::versionOf,
        this::take);
  }

  /** Waits until the server has said something, be it that it says nothing. */
  void awaitAnswer() throws MeshUnavailableException, InterruptedException {
    if (!answered.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new MeshUnavailableException("the API server does not answer about istiod");
    }
  }

  Capabilities capabilities() {
    return capabilities;
  }

  private void take(FeedEvent<String> event) {
    versions.take(event);
    var running =
        versions.values().stream().filter(v -> !v.isEmpty()).max(String::compareTo).orElse("");
    var current = Capabilities.of(running.isEmpty() ? configured : running);
    boolean differs = !current.equals(capabilities);
    capabilities = current;
    boolean first = answered.getCount() > 0;
    answered.countDown();
    if (differs && !first) {
      changed.run();
    }
  }
}
