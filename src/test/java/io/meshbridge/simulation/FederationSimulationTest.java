package io.meshbridge.simulation;

import io.meshbridge.testkit.SeededRuns;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Whole federations with faults, each from one seed: after every step the rules that hold at any
 * time, in the end convergence (rule 6) and that a restart changes nothing (rule 7).
 */
@Execution(ExecutionMode.CONCURRENT)
class FederationSimulationTest {
  private static final int SEEDS = 1_000;

  // A strong reference, or the level would go with the logger.
  private static final Logger LOG = Logger.getLogger("io.meshbridge");

  @BeforeAll
  static void beQuiet() {
    LOG.setLevel(Level.WARNING);
  }

  @AfterAll
  static void speakAgain() {
    LOG.setLevel(null);
  }

  @TestFactory
  Stream<DynamicTest> convergesWhateverHappensOnTheWay() {
    return SeededRuns.of(SEEDS).checkScript(Op::script, FederationSimulationTest::play);
  }

  private static void play(List<Op> script) throws InterruptedException {
    var federation = new Federation();
    for (Op op : script) {
      federation.play(op);
    }
    federation.settle();
    federation.restartOfEverythingChangesNothing();
  }
}
