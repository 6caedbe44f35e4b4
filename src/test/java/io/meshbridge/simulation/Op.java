package io.meshbridge.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One step of a run. The numbers are taken modulo whatever they choose from, so that any steps can
 * be left out of a script and the rest still means something.
 */
record Op(Kind kind, int a, int b, int c) {
  private static final int STEPS = 120;

  /** What happens, and how often in proportion to the others. */
  enum Kind {
    /** Service b of mesh a is marked for export, or changed; c says how it looks. */
    OFFER(14),
    /** Service b of mesh a: its endpoints become what c says. */
    FLAP(8),
    /** Service b of mesh a is gone. */
    VANISH(5),
    /** Service b of mesh a cannot be read. */
    UNREADABLE(3),
    /** Mesh a cannot be read. */
    INTERRUPT(2),
    /** Mesh a can be read again, and is read whole. */
    RECOVER(4),
    /** Mesh a says that it is on network b. */
    NETWORK(1),
    /** The exporter of mesh a takes in b observations. */
    OBSERVE(14),
    /** The exporter of mesh a publishes what concerns up to b services. */
    PUBLISH(14),
    /** The exporter of mesh a publishes a marker if one is due. */
    BEAT(6),
    /** The exporter of mesh a dies and is born again. */
    RESTART_EXPORTER(2),
    /** The importer of mesh a dies and is born again. */
    RESTART_IMPORTER(2),
    /** The whole bridge of mesh a dies and is born again. */
    RESTART_BRIDGE(2),
    /** The exporter of mesh a is told to let transit pass, or not to. */
    TRANSIT(1),
    /** The bridge of mesh a reads c records of mesh b's topic. */
    DELIVER(20),
    /** The bridge of mesh a gets the last c records of mesh b's topic once more. */
    DUPLICATE(3),
    /** The importer of mesh a works on b services. */
    WORK(20),
    /** The importer of mesh a looks at everything again. */
    REPAIR(2),
    /** Mesh a's topic is compacted, but for the last b records. */
    COMPACT(4),
    /** The tombstones of mesh a's topic expire. */
    EXPIRE(2),
    /** Mesh a's topic is deleted and created anew. */
    RECREATE(1),
    /** Mesh a's topic loses its first b records. */
    TRUNCATE(1),
    /** Mesh a's topic loses its marker. */
    LOSE_MARKER(1),
    /** Mesh a becomes a member. */
    JOIN(3),
    /** Mesh a leaves for good. */
    RETIRE(1),
    /** Mesh a is taken off the list of members without a word. */
    UNLIST(1),
    /** Mesh a lets only mesh b import from it; all if b says so. */
    ADMIT(2),
    /** Mesh a may only publish some of its addresses, or all. */
    RANGE(1),
    /** The bridge of mesh a learns who the members are. */
    LEARN(6),
    /** To the bridge of mesh a, mesh b falls silent, or is heard again. */
    SILENCE(1),
    /** The next b calls into mesh a fail. */
    FAIL(3),
    /** A stranger takes the name in mesh a that service c of mesh b would have. */
    TAKE_NAME(2),
    /** All strangers leave mesh a. */
    FREE_NAMES(2);

    private final int weight;

    Kind(int weight) {
      this.weight = weight;
    }
  }

  /** A run's script. */
  static List<Op> script(RandomGenerator random) {
    var bag = new ArrayList<Kind>();
    for (Kind kind : Kind.values()) {
      for (int i = 0; i < kind.weight; i++) {
        bag.add(kind);
      }
    }
    var ops = new ArrayList<Op>();
    for (int i = 0; i < STEPS; i++) {
      ops.add(
          new Op(
              bag.get(random.nextInt(bag.size())),
              random.nextInt(1 << 10),
              random.nextInt(1 << 10),
              random.nextInt(1 << 10)));
    }
    return ops;
  }
}
