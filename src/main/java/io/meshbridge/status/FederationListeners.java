package io.meshbridge.status;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** All who want to hear; for any thread. */
public final class FederationListeners implements FederationListener {
  private final List<FederationListener> all = new CopyOnWriteArrayList<>();

  /** The listener hears of all that changes from now on. */
  public void add(FederationListener listener) {
    all.add(listener);
  }

  /** It hears no more. */
  public void remove(FederationListener listener) {
    all.remove(listener);
  }

  @Override
  public void serviceChanged(ServiceKey service) {
    all.forEach(listener -> listener.serviceChanged(service));
  }

  @Override
  public void importChanged(MeshId target, ServiceKey service) {
    all.forEach(listener -> listener.importChanged(target, service));
  }
}
