package io.meshbridge.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * An endless script of changes to all meshes of a federation, the same for the same seed: services
 * come, get other ports, instances and health, and go.
 */
final class ChangeScript {
  private final SplittableRandom random;
  private final int names;
  private final Map<String, Map<String, Shop>> standing = new HashMap<>();
  private int count;

  /**
   * A script.
   *
   * @param names how many service names there are in each mesh
   */
  ChangeScript(long seed, int names) {
    this.random = new SplittableRandom(seed);
    this.names = names;
  }

  /** Makes the next change. */
  void next(Federation federation) throws IOException {
    var meshes = federation.meshes();
    var mesh = meshes.get(random.nextInt(meshes.size()));
    var shops = standing.computeIfAbsent(mesh.id(), id -> new HashMap<>());
    var name = mesh.id() + "-" + random.nextInt(names);
    var shop = shops.get(name);
    count++;
    if (shop == null) {
      put(federation, mesh, Shop.of(name, port(), address()));
    } else if (random.nextInt(10) == 0) {
      federation.remove(mesh, name);
      shops.remove(name);
    } else {
      put(federation, mesh, changed(shop));
    }
  }

  private void put(Federation federation, MeshRig mesh, Shop shop) throws IOException {
    federation.put(mesh, shop);
    standing.get(mesh.id()).put(shop.name(), shop);
  }

  private Shop changed(Shop shop) {
    var addresses = new ArrayList<>(shop.instances().keySet());
    var one = oneOf(addresses);
    return switch (random.nextInt(4)) {
      case 0 -> shop.on(port());
      case 1 -> shop.with(address(), true);
      case 2 -> addresses.size() > 1 ? shop.without(one) : shop.with(address(), true);
      default -> shop.with(one, !shop.instances().get(one));
    };
  }

  private String oneOf(List<String> addresses) {
    return addresses.get(random.nextInt(addresses.size()));
  }

  // Never the same twice: a change is always a change.
  private int port() {
    return 2000 + count;
  }

  private String address() {
    return "10.7." + count / 250 + "." + (count % 250 + 1);
  }
}
