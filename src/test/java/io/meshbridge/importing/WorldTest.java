package io.meshbridge.importing;

import static io.meshbridge.importing.Worlds.A;
import static io.meshbridge.importing.Worlds.B;
import static io.meshbridge.importing.Worlds.T;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.meshbridge.catalog.Catalog;
import io.meshbridge.catalog.CatalogScript;
import io.meshbridge.catalog.LogEntries;
import io.meshbridge.log.LogEntry;
import io.meshbridge.model.Member;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.testkit.Samples;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorldTest {
  private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATE = Instant.parse("2026-02-01T00:00:00Z");
  private static final ServiceKey WEB_A = Worlds.key(A, "web");
  private static final ServiceKey WEB_B = Worlds.key(B, "web");

  @Test
  void touchesTheServiceThatChangedAndNoOther() {
    var script = Worlds.federation();
    script.offered(Samples.export(WEB_A), Samples.endpoints("10.0.0.1"));
    script.offered(Samples.export(Worlds.key(A, "api")), Samples.endpoints("10.0.0.2"));
    var world = Worlds.world(script);

    var step =
        world.with(script.tell(A, LogEntries.endpoints(WEB_A, Samples.endpoints("10.0.0.3"))));

    assertThat(step.touched()).containsExactly(WEB_A);
  }

  @Test
  void touchesTheRivalWhoGainsOrLosesTheName() {
    var script = Worlds.federation();
    script.offered(Worlds.export(WEB_B, LATE), Samples.endpoints("10.0.0.1"));
    var world = Worlds.world(script);

    var taken = world.with(script.offered(Worlds.export(WEB_A, EARLY), Samples.endpoints()));
    var freed = taken.world().with(script.withdrawn(WEB_A));

    assertThat(taken.touched()).containsExactlyInAnyOrder(WEB_A, WEB_B);
    assertThat(taken.world().isContested(WEB_B, "web")).isTrue();
    assertThat(freed.touched()).containsExactlyInAnyOrder(WEB_A, WEB_B);
    assertThat(freed.world().isContested(WEB_B, "web")).isFalse();
  }

  @Test
  void keepsTheNameOfAnImportThatNobodyKnowsAboutAnyMore() {
    var script = Worlds.federation();
    script.offered(Worlds.export(WEB_A, EARLY), Samples.endpoints("10.0.0.1"));
    script.offered(Worlds.export(WEB_B, LATE), Samples.endpoints("10.0.0.2"));
    var world = Worlds.world(script);

    var step = world.with(script.members(Member.active(B, "consul"), Member.active(T, "istio")));

    assertThat(ImportPlanner.decide(WEB_A, step.world())).isInstanceOf(Decision.Keep.class);
    assertThat(step.world().isContested(WEB_B, "web")).isTrue();
  }

  @Test
  void givesUpTheNameOfAnImportThatIsGone() {
    var script = Worlds.federation();
    script.offered(Worlds.export(WEB_A, EARLY), Samples.endpoints("10.0.0.1"));
    script.offered(Worlds.export(WEB_B, LATE), Samples.endpoints("10.0.0.2"));
    var world = Worlds.world(script);

    var step =
        world.with(script.members(Member.active(A, "istio").retired(), Member.active(B, "consul")));

    assertThat(step.touched()).contains(WEB_A, WEB_B);
    assertThat(step.world().isContested(WEB_B, "web")).isFalse();
  }

  @Test
  void claimsNoNameForWhatIsNotForThisTarget() {
    var script = Worlds.federation();
    script.members(Worlds.admitting(A, List.of(B), List.of()), Member.active(B, "consul"));
    script.offered(Worlds.export(WEB_A, EARLY), Samples.endpoints("10.0.0.1"));
    script.offered(Worlds.export(WEB_B, LATE), Samples.endpoints("10.0.0.2"));

    assertThat(Worlds.world(script).isContested(WEB_B, "web")).isFalse();
  }

  @Test
  void touchesTheServicesOfMeshesThatFallSilentOrSpeakAgain() {
    var script = Worlds.federation();
    script.offered(Samples.export(WEB_A), Samples.endpoints("10.0.0.1"));
    script.offered(Samples.export(WEB_B), Samples.endpoints("10.0.0.2"));
    var world = Worlds.world(script);

    var silent = world.withSilent(Map.of(A, "no heartbeat"));
    var same = silent.world().withSilent(Map.of(A, "no heartbeat"));
    var heard = silent.world().withSilent(Map.of());

    assertThat(silent.touched()).containsExactly(WEB_A);
    assertThat(silent.world().silenceOf(A)).isEqualTo("no heartbeat");
    assertThat(same.touched()).isEmpty();
    assertThat(heard.touched()).containsExactly(WEB_A);
    assertThat(heard.world().silenceOf(A)).isEmpty();
  }

  @Test
  void oneChangeCostsTheSameAndTouchesOneServiceWhateverTheCatalogHolds() {
    var few = catalogOf(1_000);
    var many = catalogOf(20_000);

    // Maps that share their parts grow with the logarithm: 10 levels to 15. A copy would be 20.
    assertThat(bytesOfOneChange(many))
        .as("bytes that one change takes")
        .isLessThan(3 * bytesOfOneChange(few));
    assertThat(Worlds.world(many).with(change(many, 12_345, 200)).touched())
        .containsExactly(service(12_345));
  }

  private static long bytesOfOneChange(CatalogScript script) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    var world = Worlds.world(script);
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 200; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      world = world.with(change(script, i, i)).world();
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }

  private static Catalog.Change change(CatalogScript script, int number, int last) {
    return script.tell(
        A, LogEntries.endpoints(service(number), Samples.endpoints("10.9.9." + last)));
  }

  private static CatalogScript catalogOf(int services) {
    var script = Worlds.federation();
    var entries = new ArrayList<LogEntry>();
    for (int i = 0; i < services; i++) {
      entries.add(LogEntries.endpoints(service(i), Samples.endpoints("10.0.0.1")));
      entries.add(LogEntries.exported(Samples.export(service(i))));
    }
    script.tell(A, entries.toArray(LogEntry[]::new));
    return script;
  }

  private static ServiceKey service(int number) {
    return Worlds.key(A, "service-" + number);
  }
}
