package io.meshbridge.importing;

import static io.meshbridge.importing.Worlds.A;
import static io.meshbridge.importing.Worlds.B;
import static io.meshbridge.importing.Worlds.T;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.catalog.CatalogScript;
import io.meshbridge.catalog.LogEntries;
import io.meshbridge.log.MeshRecord;
import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Loss;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.testkit.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImportPlannerTest {
  private static final ServiceKey WEB = Worlds.key(A, "web");
  private static final ServiceKey RIVAL = Worlds.key(B, "web");
  private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATE = Instant.parse("2026-02-01T00:00:00Z");

  private final CatalogScript script = Worlds.federation();

  @Test
  void appliesWhatIsOfferedUnderItsPlainName() {
    offerWeb();

    assertThat(decide())
        .isInstanceOfSatisfying(
            Decision.Apply.class,
            apply -> {
              assertThat(apply.service().name()).isEqualTo("web");
              assertThat(apply.service().endpoints()).isEqualTo(Samples.endpoints("10.0.0.1"));
              assertThat(apply.observedAt()).isEqualTo(LogEntries.AT);
              assertThat(apply.staleReason()).isEmpty();
              assertThat(apply.losses()).isEmpty();
            });
  }

  @Test
  void removesWhatTheTargetDoesNotTakeWithoutAskingAnybodyAgain() {
    offerWeb();
    var picky =
        new TargetMesh(
            Worlds.TARGET.mesh(),
            Worlds.TARGET.nameSyntax(),
            Worlds.TARGET.nameTemplate(),
            false,
            new ImportRules(List.of(), List.of(ServiceGlob.parse("a/*/web")), List.of()));
    var world = World.of(picky).with(script.everything()).world();

    assertThat(ImportPlanner.decide(WEB, world))
        .isEqualTo(new Decision.Remove("mesh t does not take it", true));
    assertThat(ImportPlanner.called(WEB, world)).isEmpty();
  }

  @Test
  void putsImportsIntoTheNamespaceThatTheTargetsRulesGiveThem() {
    offerWeb();
    var sorting =
        new TargetMesh(
            Worlds.TARGET.mesh(),
            Worlds.TARGET.nameSyntax(),
            "{service}-{mesh}.{target-namespace}",
            false,
            new ImportRules(
                List.of(), List.of(), List.of(ImportRules.NamespaceRule.parse("a/shop=guests"))));
    var world = World.of(sorting).with(script.everything()).world();

    assertThat(ImportPlanner.decide(WEB, world))
        .isInstanceOfSatisfying(
            Decision.Apply.class,
            apply -> {
              assertThat(apply.service().name()).isEqualTo("web-a.guests");
              assertThat(apply.service().namespace()).isEqualTo("guests");
            });
  }

  /** Its last good export stays, and says of itself that it is not what its owner wants. */
  @Test
  void appliesTheLastGoodExportOfAServiceThatItsMeshCannotRead() {
    offerWeb();
    var fault = new MeshRecord.Faulty(WEB, "a weight is no number");
    script.tell(A, LogEntries.entry(A, fault, LogEntries.AT));

    assertThat(decide())
        .isInstanceOfSatisfying(
            Decision.Apply.class,
            apply -> {
              assertThat(apply.service().endpoints()).isEqualTo(Samples.endpoints("10.0.0.1"));
              assertThat(apply.staleReason()).isEqualTo("a weight is no number");
            });

    script.tell(A, LogEntries.entry(A, new MeshRecord.FaultGone(WEB), LogEntries.AT));

    assertThat(decide())
        .isInstanceOfSatisfying(
            Decision.Apply.class, apply -> assertThat(apply.staleReason()).isEmpty());
  }

  @Test
  void removesTheTargetsOwnServices() {
    script.offered(Samples.export(Worlds.key(T, "web")), Samples.endpoints("10.0.0.1"));

    assertThat(decide(Worlds.key(T, "web")))
        .isEqualTo(new Decision.Remove("the service is the target's own", true));
  }

  @Test
  void removesWhatHasBeenInTheTargetBefore() {
    var path = FederationPath.parse("t,b,a");
    script.offered(Worlds.export(WEB, EARLY, path, AccessPolicy.OPEN), Samples.endpoints());

    assertThat(decide())
        .isEqualTo(new Decision.Remove("the service is not for this mesh: its path is t,b,a"));
  }

  @Test
  void removesWhatItsMeshDoesNotGiveToTheTarget() {
    offerWeb();
    script.members(Worlds.admitting(A, List.of(B), List.of()));

    assertThat(decide()).isInstanceOf(Decision.Remove.class);
  }

  @Test
  void keepsWhatIsOfAMeshThatNobodyKnows() {
    offerWeb();
    script.members(Member.active(B, "consul"));

    assertThat(decide()).isEqualTo(new Decision.Keep("mesh a is no member of the federation"));
  }

  @Test
  void keepsWhatStandsAsLongAsTheLogHasNotBeenRead() {
    var unread = new CatalogScript();
    unread.members(Member.active(A, "istio"));

    assertThat(ImportPlanner.decide(WEB, Worlds.world(unread)))
        .isEqualTo(new Decision.Keep("the log has not been read yet"));
  }

  @Test
  void keepsWhatTheTopicLacksWithoutASnapshot() {
    assertThat(decide())
        .isEqualTo(
            new Decision.Keep("its mesh's topic lacks it, and no snapshot says that it is gone"));
  }

  @Test
  void keepsWhatIsNotUnderstood() {
    script.tell(A, LogEntries.spoiled(LogEntries.exported(Samples.export(WEB)), A));

    assertThat(decide()).isInstanceOf(Decision.Keep.class);
  }

  @Test
  void removesWhatIsWithdrawn() {
    offerWeb();
    script.withdrawn(WEB);

    assertThat(decide()).isEqualTo(new Decision.Remove("withdrawn"));
  }

  @Test
  void removesWhatASnapshotLacks() {
    script.marked(A);

    assertThat(decide()).isEqualTo(new Decision.Remove("absent from snapshot"));
  }

  @Test
  void removesWhatIsOfARetiredMesh() {
    offerWeb();
    script.members(Member.active(A, "istio").retired());

    assertThat(decide()).isEqualTo(new Decision.Remove("member retired", true));
  }

  @Test
  void refusesWhatOnlyItsOwnMeshMayCall() {
    script.offered(
        Worlds.export(
            WEB,
            EARLY,
            FederationPath.startingAt(A),
            AccessPolicy.meshIdentityRequired("PeerAuthentication shop/default is STRICT")),
        Samples.endpoints("10.0.0.1"));

    assertThat(decide())
        .isInstanceOfSatisfying(
            Decision.Refuse.class,
            refuse -> {
              assertThat(refuse.loss().path()).isEqualTo("access.reachability");
              assertThat(refuse.loss().reason()).contains("STRICT");
              assertThat(refuse.loss().outcome()).isEqualTo(Loss.Outcome.REFUSED);
              assertThat(refuse.unsafe()).isTrue();
            });
  }

  @Test
  void refusesWhatIsOnAnotherNetwork() {
    script.tell(A, LogEntries.described(new MeshDescriptor(A, "istio", "", "", "net-1")));
    offerWeb();

    var world = World.of(Worlds.target("net-2", "{service}")).with(script.everything()).world();

    assertThat(ImportPlanner.decide(WEB, world))
        .isInstanceOfSatisfying(
            Decision.Refuse.class,
            refuse -> {
              assertThat(refuse.loss().reason()).contains("net-1").contains("net-2");
              // A network that was named wrongly is no reason to hurry.
              assertThat(refuse.unsafe()).isFalse();
            });
  }

  @Test
  void dropsEndpointsOutsideTheRangesOfTheirMesh() {
    script.members(Worlds.admitting(A, List.of(), List.of("10.0.0.0/8")));
    script.offered(Samples.export(WEB), Samples.endpoints("10.0.0.1", "192.168.0.1"));

    assertThat(decide())
        .isInstanceOfSatisfying(
            Decision.Apply.class,
            apply -> {
              assertThat(apply.service().endpoints()).isEqualTo(Samples.endpoints("10.0.0.1"));
              assertThat(apply.losses())
                  .singleElement()
                  .extracting(Loss::path)
                  .isEqualTo("endpoints[192.168.0.1]");
            });
  }

  @Test
  void tellsTheLoserOfANameWhoHasIt() {
    script.offered(Worlds.export(WEB, LATE), Samples.endpoints("10.0.0.1"));
    script.offered(Worlds.export(RIVAL, EARLY), Samples.endpoints("10.0.0.2"));

    assertThat(decide(RIVAL))
        .isInstanceOfSatisfying(
            Decision.Apply.class, apply -> assertThat(apply.service().name()).isEqualTo("web"));
    assertThat(decide())
        .isInstanceOfSatisfying(
            Decision.Apply.class,
            apply -> {
              assertThat(apply.service().name()).matches("web-[0-9a-f]{8}");
              assertThat(apply.losses())
                  .singleElement()
                  .satisfies(loss -> assertThat(loss.reason()).contains("b/shop/web"));
            });
  }

  @Test
  void marksAsStaleWhatIsOfASilentMesh() {
    offerWeb();

    var world = Worlds.world(script).withSilent(Map.of(A, "no heartbeat")).world();

    assertThat(ImportPlanner.decide(WEB, world))
        .isInstanceOfSatisfying(
            Decision.Apply.class,
            apply -> assertThat(apply.staleReason()).isEqualTo("no heartbeat"));
  }

  @Test
  void appliesAsStaleWhatAnOlderRecordSaidBeforeOneThatIsNotUnderstood() {
    offerWeb();
    script.tell(A, LogEntries.spoiled(LogEntries.exported(Samples.export(WEB)), A));

    assertThat(decide())
        .isInstanceOfSatisfying(
            Decision.Apply.class, apply -> assertThat(apply.staleReason()).isNotEmpty());
  }

  private void offerWeb() {
    script.offered(Samples.export(WEB), Samples.endpoints("10.0.0.1"));
  }

  private Decision decide() {
    return decide(WEB);
  }

  private Decision decide(ServiceKey service) {
    return ImportPlanner.decide(service, Worlds.world(script));
  }
}
