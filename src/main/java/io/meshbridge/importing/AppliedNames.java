package io.meshbridge.importing;

import io.meshbridge.model.ServiceKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which import of ours stands in the target under which name, so that names change hands in order.
 */
final class AppliedNames {
  // Guards both maps, which say the same from either side.
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, ServiceKey> serviceByName = new HashMap<>();
  private final Map<ServiceKey, String> nameByService = new HashMap<>();

  /** The service stands under this name and no other. */
  void put(String name, ServiceKey service) {
    lock.lock();
    try {
      forget(service);
      serviceByName.put(name, service);
      nameByService.put(service, name);
    } finally {
      lock.unlock();
    }
  }

  /** The service stands under no name. */
  void remove(ServiceKey service) {
    lock.lock();
    try {
      forget(service);
    } finally {
      lock.unlock();
    }
  }

  /** Which service stands under a name. */
  Optional<ServiceKey> holder(String name) {
    lock.lock();
    try {
      return Optional.ofNullable(serviceByName.get(name));
    } finally {
      lock.unlock();
    }
  }

  private void forget(ServiceKey service) {
    var name = nameByService.remove(service);
    if (name != null) {
      serviceByName.remove(name, service);
    }
  }
}
