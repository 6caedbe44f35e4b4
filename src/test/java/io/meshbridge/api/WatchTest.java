package io.meshbridge.api;

import static io.meshbridge.api.Statuses.imported;
import static io.meshbridge.api.Statuses.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.stub.ServerCallStreamObserver;
import io.meshbridge.grpc.v1.WatchEvent;
import io.meshbridge.status.ImportState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class WatchTest {
  private static final Watch.Scope ALL = new Watch.Scope(true, true, Optional.empty());

  private final FakeFederation federation = new FakeFederation();
  private final Caller caller = new Caller();

  @Test
  void endsACallerForWhomTooMuchWaits() {
    var watch = new Watch(federation, ALL, caller, 2, Duration.ofSeconds(20));
    watch.serviceChanged(key("east", "shop", "a"));
    watch.serviceChanged(key("east", "shop", "b"));
    watch.serviceChanged(key("east", "shop", "a"));

    assertThat(caller.told).isEmpty();
    watch.serviceChanged(key("east", "shop", "c"));

    assertThatThrownBy(watch::tell)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("more than 2 changes waited for it");
  }

  @Test
  void endsACallerThatTakesNothing() {
    federation.imports(List.of(imported("west", key("east", "shop", "a"), ImportState.APPLIED)));
    caller.ready = false;
    var watch = new Watch(federation, ALL, caller, 2, Duration.ofMillis(20));

    assertThatThrownBy(watch::tell)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("it took nothing");
    assertThat(caller.told).isEmpty();
  }

  @Test
  void tellsOnlyTheNewestOfWhatChangedOften() throws Exception {
    var web = key("east", "shop", "web");
    var watch = new Watch(federation, ALL, caller, 2, Duration.ofSeconds(20));
    federation.subscribe(watch);
    caller.ready = false;
    var telling = Thread.ofVirtual().start(() -> tell(watch));

    federation.imports(List.of(imported("west", web, ImportState.PENDING)));
    federation.imports(List.of(imported("west", web, ImportState.DEGRADED)));
    federation.imports(List.of(imported("west", web, ImportState.APPLIED)));
    caller.ready = true;
    watch.ready();
    Awaitility.await().until(() -> caller.imports().contains("Applied"));
    watch.cancel();
    telling.join();

    assertThat(caller.imports()).containsOnly("Applied");
  }

  private static void tell(Watch watch) {
    try {
      watch.tell();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes events when it is ready. */
  private static final class Caller extends ServerCallStreamObserver<WatchEvent> {
    private final List<WatchEvent> told = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean ready = true;

    private List<String> imports() {
      return List.copyOf(told).stream()
          .filter(WatchEvent::hasImport)
          .map(event -> event.getImport().getState())
          .toList();
    }

    @Override
    public void onNext(WatchEvent event) {
      told.add(event);
    }

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public void onError(Throwable failed) {
      throw new IllegalStateException(failed);
    }

    @Override
    public void onCompleted() {}

    @Override
    public void setOnCancelHandler(Runnable handler) {}

    @Override
    public void setCompression(String compression) {}

    @Override
    public void setOnReadyHandler(Runnable handler) {}

    @Override
    public void request(int count) {}

    @Override
    public void setMessageCompression(boolean enable) {}

    @Override
    public void disableAutoInboundFlowControl() {}
  }
}
