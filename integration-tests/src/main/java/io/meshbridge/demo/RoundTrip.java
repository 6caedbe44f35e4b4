package io.meshbridge.demo;

import io.meshbridge.it.BridgeProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Changes a service in each mesh and waits until all others show it. */
final class RoundTrip {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration LOOK_PAUSE = Duration.ofMillis(2);

  private final BridgeProcess bridge;

  RoundTrip(BridgeProcess bridge) {
    this.bridge = bridge;
  }

  /** Waits until everything that one mesh offers stands in all others; says for how long. */
  Duration awaitFirstImports(List<Side> meshes) throws IOException, InterruptedException {
    long start = System.nanoTime();
    for (Side from : meshes) {
      for (String service : from.offered()) {
        for (Side to : others(meshes, from)) {
          await(from, to, service, "");
        }
      }
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** One change in each mesh, seen in each other one. */
  List<Change> run(List<Side> meshes) throws IOException, InterruptedException {
    var changes = new ArrayList<Change>();
    for (Side from : meshes) {
      // One edit for each way: what is measured is one change, not the second look at it.
      for (Side to : others(meshes, from)) {
        changes.add(travel(from, to));
      }
    }
    return List.copyOf(changes);
  }

  private Change travel(Side from, Side to) throws IOException, InterruptedException {
    var edit = from.change();
    var seen = await(from, to, edit.service(), edit.trace());
    long ms = TimeUnit.NANOSECONDS.toMillis(seen.at() - edit.madeAt());
    return new Change(from.mesh(), to.mesh(), edit.service(), edit.what(), seen.where(), ms);
  }

  private record Sight(String where, long at) {}

  private Sight await(Side from, Side side, String service, String trace)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (true) {
      var sight = side.sight(from.mesh(), service, trace);
      if (sight.isPresent()) {
        return new Sight(sight.get(), System.nanoTime());
      }
      if (System.nanoTime() - start > LIMIT.toNanos()) {
        throw new IOException(
            service + " is not seen in " + side.mesh() + " after " + LIMIT.toSeconds() + " s");
      }
      // The pause between two looks is also the look whether the bridge died.
      if (bridge.endsWithin(LOOK_PAUSE)) {
        throw new IOException("the bridge ended; see " + bridge.logFile());
      }
    }
  }

  private static List<Side> others(List<Side> meshes, Side side) {
    return meshes.stream().filter(mesh -> !mesh.equals(side)).toList();
  }
}
