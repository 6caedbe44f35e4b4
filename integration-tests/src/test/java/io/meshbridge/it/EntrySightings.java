package io.meshbridge.it;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Watches ServiceEntries as istiod does. */
final class EntrySightings implements Sightings, Watcher<GenericKubernetesResource> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Oracle oracle;
  private final Map<String, Expected> expected = new ConcurrentHashMap<>();
  private final Watch watch;

  EntrySightings(KubernetesRig istio, Oracle oracle) {
    this.oracle = oracle;
    this.watch = istio.serviceEntries().inAnyNamespace().watch(this);
  }

  @Override
  public Sight expect(Shop shop, boolean gone) {
    var what = gone ? absenceOf(oracle.istioHost(shop)) : oracle.istio(shop);
    var sight = new Expected(what);
    expected.put(what, sight);
    return sight;
  }

  private static String absenceOf(String host) {
    return "no " + host;
  }

  @Override
  public void eventReceived(Action action, GenericKubernetesResource entry) {
    long now = System.nanoTime();
    var line = KubernetesRig.line(entry);
    var what = action == Action.DELETED ? absenceOf(line.substring(0, line.indexOf(' '))) : line;
    var sight = expected.remove(what);
    if (sight != null) {
      sight.at = now;
      sight.seen.countDown();
    }
  }

  @Override
  public void onClose(WatcherException cause) {
    // What is then not seen fails by its own patience.
    Figures.print("the watch ended early", cause);
  }

  @Override
  public void close() {
    watch.close();
  }

  private static final class Expected implements Sight {
    private final String what;
    private final CountDownLatch seen = new CountDownLatch(1);
    // Written before the latch goes down, read after.
    private long at;

    Expected(String what) {
      this.what = what;
    }

    @Override
    public long await() throws InterruptedException {
      if (!seen.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("never seen: " + what);
      }
      return at;
    }
  }
}
