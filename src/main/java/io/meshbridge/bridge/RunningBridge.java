package io.meshbridge.bridge;

import io.meshbridge.config.BridgeConfig;
import io.meshbridge.looking.ServedConfiguration;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.status.FederationFeed;
import io.meshbridge.status.FederationListener;
import io.meshbridge.status.FederationListeners;
import io.meshbridge.status.FederationView;
import io.meshbridge.status.ImportStatus;
import io.meshbridge.status.LogPositions;
import io.meshbridge.status.MeshStatus;
import io.meshbridge.status.ServiceStatus;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The federation as the bridge of this process knows it; empty while none runs. */
@Singleton
public final class RunningBridge
    implements FederationView, FederationFeed, ServedConfiguration, LogPositions {
  private final AtomicReference<@Nullable Shown> running = new AtomicReference<>();
  private final FederationListeners listeners = new FederationListeners();

  private record Shown(FederationView view, BridgeConfig config, LogPositions positions) {}

  void show(FederationView view, BridgeConfig config, LogPositions positions) {
    running.set(new Shown(view, config, positions));
  }

  void hide() {
    running.set(null);
  }

  @Override
  public List<MeshStatus> meshes() {
    return view().map(FederationView::meshes).orElse(List.of());
  }

  @Override
  public List<ServiceStatus> services() {
    return view().map(FederationView::services).orElse(List.of());
  }

  @Override
  public List<ImportStatus> imports() {
    return view().map(FederationView::imports).orElse(List.of());
  }

  @Override
  public Optional<ServiceStatus> service(ServiceKey key) {
    return view().flatMap(view -> view.service(key));
  }

  @Override
  public Optional<ImportStatus> imported(MeshId target, ServiceKey service) {
    return view().flatMap(view -> view.imported(target, service));
  }

  @Override
  public void subscribe(FederationListener listener) {
    listeners.add(listener);
  }

  @Override
  public void unsubscribe(FederationListener listener) {
    listeners.remove(listener);
  }

  /** To be told what changes in what is shown. */
  FederationListener listener() {
    return listeners;
  }

  @Override
  public boolean caughtUp() {
    return view().filter(FederationView::caughtUp).isPresent();
  }

  @Override
  public Optional<BridgeConfig> current() {
    return Optional.ofNullable(running.get()).map(Shown::config);
  }

  @Override
  public OptionalLong position(MeshId mesh) {
    var shown = running.get();
    return shown == null ? OptionalLong.empty() : shown.positions().position(mesh);
  }

  private Optional<FederationView> view() {
    return Optional.ofNullable(running.get()).map(Shown::view);
  }
}
