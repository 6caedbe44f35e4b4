package io.meshbridge.demo;

import io.meshbridge.it.BridgeProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Changes a service on each side and waits until the other side shows it. */
final class RoundTrip {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration LOOK_PAUSE = Duration.ofMillis(2);

  private final BridgeProcess bridge;

  RoundTrip(BridgeProcess bridge) {
    this.bridge = bridge;
  }

  /** Waits until everything that one side offers stands on the other; says for how long. */
  Duration awaitFirstImports(List<Side> meshes) throws IOException, InterruptedException {
    long start = System.nanoTime();
    for (Side from : meshes) {
      for (String service : from.offered()) {
        await(other(meshes, from), service, "");
      }
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** There, and back again. */
  List<Change> run(List<Side> meshes) throws IOException, InterruptedException {
    return List.of(
        travel(meshes.getFirst(), meshes.getLast()), travel(meshes.getLast(), meshes.getFirst()));
  }

  private Change travel(Side from, Side to) throws IOException, InterruptedException {
    var edit = from.change();
    var seen = await(to, edit.service(), edit.trace());
    long ms = TimeUnit.NANOSECONDS.toMillis(seen.at() - edit.madeAt());
    return new Change(from.mesh(), to.mesh(), edit.service(), edit.what(), seen.where(), ms);
  }

  private record Sight(String where, long at) {}

  private Sight await(Side side, String service, String trace)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (true) {
      var sight = side.sight(service, trace);
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

  private static Side other(List<Side> meshes, Side side) {
    return meshes.getFirst().equals(side) ? meshes.getLast() : meshes.getFirst();
  }
}
