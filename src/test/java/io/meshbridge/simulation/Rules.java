package io.meshbridge.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.Import;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.Reachability;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Offer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Watches, after every step, what must hold at any time. */
final class Rules {
  private final Collection<SimMesh> meshes;
  private final Map<Wish, Integer> lastCause = new HashMap<>();
  private final Map<MeshId, Map<ServiceKey, Import>> before = new HashMap<>();
  private final Set<ServiceKey> everOffered = new HashSet<>();
  private int step;

  private record Wish(MeshId target, ServiceKey service) {}

  Rules(Collection<SimMesh> meshes) {
    this.meshes = meshes;
  }

  /** The number of the step that is under way; it stands on every offer as the label {@code v}. */
  int step() {
    return step;
  }

  /** Looks at everything, and goes on to the next step. */
  void check(Map<MeshId, Member> members) {
    var truths = new HashMap<MeshId, Map<ServiceKey, Offer>>();
    meshes.forEach(mesh -> truths.put(mesh.id(), mesh.truth()));
    truths.values().forEach(truth -> everOffered.addAll(truth.keySet()));
    for (SimMesh target : meshes) {
      var standing = target.sink().standing();
      noteCauses(target, truths, members);
      nothingIsDeletedWithoutCause(target, standing);
      standing.values().forEach(what -> keepsTheRules(what, target));
      assertThat(target.sink().faults()).as("what the sink of %s suffered", target.id()).isEmpty();
      before.put(target.id(), standing);
    }
    step++;
  }

  /** Remembers of every service when people last gave a reason not to have it in the target. */
  private void noteCauses(
      SimMesh target, Map<MeshId, Map<ServiceKey, Offer>> truths, Map<MeshId, Member> members) {
    for (SimMesh origin : meshes) {
      for (ServiceKey service : everOffered) {
        if (!service.mesh().equals(origin.id())) {
          continue;
        }
        var offer = truths.get(origin.id()).get(service);
        // To be off the list is no cause: nobody said that the mesh is gone.
        boolean isUnlisted = !members.containsKey(origin.id());
        boolean isToldOff =
            !isUnlisted && offer != null && !Oracle.mayHave(offer, origin, target, members);
        boolean isTaken =
            offer != null
                && target.sink().foreignNames().contains(Oracle.plainName(service, target));
        if (offer == null || isToldOff || isTaken) {
          lastCause.put(new Wish(target.id(), service), step);
        }
      }
    }
  }

  private void nothingIsDeletedWithoutCause(SimMesh target, Map<ServiceKey, Import> standing) {
    before
        .getOrDefault(target.id(), new TreeMap<>())
        .forEach(
            (service, what) -> {
              if (!standing.containsKey(service)) {
                int since = Integer.parseInt(what.export().labels().getOrDefault("v", "0"));
                int cause = lastCause.getOrDefault(new Wish(target.id(), service), -1);
                assertThat(cause)
                    .as(
                        "rule 1: the import of %s in %s, as of step %d, went at step %d; the last"
                            + " cause for that was given at step",
                        service, target.id(), since, step)
                    .isGreaterThanOrEqualTo(since);
              }
            });
  }

  private void keepsTheRules(Import what, SimMesh target) {
    var service = what.service();
    assertThat(what.export().path().meshes())
        .as("rule 5: the path of %s in %s", service, target.id())
        .doesNotContain(target.id());
    assertThat(what.export().access().reachability())
        .as("rule 9: %s in %s is reachable by its raw address", service, target.id())
        .isEqualTo(Reachability.PLAIN);
    assertThat(what.endpoints().endpoints())
        .as("rule 12: the endpoints of %s in %s", service, target.id())
        .allMatch(
            endpoint -> endpoint.address().startsWith(addressBlock(what.export().path().origin())));
    assertThat(what.name())
        .as("rule 12: the name of %s in %s", service, target.id())
        .startsWith(service.name())
        .contains(service.mesh().value());
    if (target.target().nameTemplate().contains(".")) {
      assertThat(what.name()).endsWith("." + service.mesh() + ".mesh.internal");
    }
  }

  /** Each mesh has addresses of its own. */
  static String addressBlock(MeshId mesh) {
    return "10." + (mesh.value().hashCode() & 0xff) + ".";
  }
}
