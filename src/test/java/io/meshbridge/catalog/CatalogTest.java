package io.meshbridge.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.catalog.Standing.Cause;
import io.meshbridge.catalog.Standing.Gone;
import io.meshbridge.catalog.Standing.Present;
import io.meshbridge.catalog.Standing.Unknown;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.testkit.Samples;
import org.junit.jupiter.api.Test;

class CatalogTest {
  private static final MeshId A = new MeshId("a");
  private static final MeshId B = new MeshId("b");
  private static final Member MEMBER_A = Member.active(A, "istio");
  private static final Member MEMBER_B = Member.active(B, "consul");
  private static final ServiceKey WEB = Samples.key("a", "shop", "web");
  private static final ServiceKey API = Samples.key("a", "shop", "api");

  private final CatalogScript script = new CatalogScript();

  @Test
  void knowsNothingOfAMeshThatIsNoMember() {
    script.read(A, LogEntries.exported(Samples.export(WEB)));

    assertThat(standing(WEB)).isInstanceOf(Unknown.class);
    assertThat(script.catalog().member(A)).isEmpty();
  }

  @Test
  void knowsTheServicesOfAMember() {
    script.members(MEMBER_A);
    script.read(A, LogEntries.exported(Samples.export(WEB)));

    assertThat(standing(WEB)).isInstanceOf(Present.class);
    assertThat(script.catalog().services(A)).containsExactly(WEB);
  }

  @Test
  void everythingOfARetiredMemberIsGone() {
    script.members(MEMBER_A.retired());
    script.read(A, LogEntries.exported(Samples.export(WEB)));

    assertThat(standing(WEB)).isEqualTo(new Gone(Cause.MEMBER_RETIRED));
    assertThat(standing(API)).isEqualTo(new Gone(Cause.MEMBER_RETIRED));
  }

  @Test
  void keepsWhatIsKnownOfAMeshThatIsReadNoMore() {
    script.members(MEMBER_A);
    script.read(A, LogEntries.exported(Samples.export(WEB)));

    var change = script.dropped(A);

    assertThat(standing(WEB)).isInstanceOf(Present.class);
    assertThat(change.services()).isEmpty();
    assertThat(change.meshes()).isEmpty();
  }

  @Test
  void aReadingIsToldOnlyOnceItIsWhole() {
    script.members(MEMBER_A);

    var restarted = script.restarted(A);
    var growing = script.tell(A, LogEntries.exported(Samples.export(WEB)));
    var whole = script.caughtUp(A);

    assertThat(restarted.services()).isEmpty();
    assertThat(growing.services()).isEmpty();
    assertThat(growing.meshes()).isEmpty();
    assertThat(whole.meshes()).containsExactly(A);
    assertThat(whole.services()).containsExactly(WEB);
  }

  @Test
  void tellsOfTheOldAndOfTheNewWhenAReadingTakesTheOthersPlace() {
    script.members(MEMBER_A);
    script.read(A, LogEntries.exported(Samples.export(WEB)));
    script.restarted(A);
    script.tell(A, LogEntries.exported(Samples.export(API)));

    assertThat(script.caughtUp(A).services()).containsExactlyInAnyOrder(WEB, API);
  }

  @Test
  void tellsOnlyOfTheServicesThatRecordsAreAbout() {
    script.members(MEMBER_A);
    script.read(
        A, LogEntries.exported(Samples.export(WEB)), LogEntries.exported(Samples.export(API)));

    var change = script.tell(A, LogEntries.endpoints(WEB, Samples.endpoints("10.0.0.1")));

    assertThat(change.services()).containsExactly(WEB);
    assertThat(change.meshes()).isEmpty();
  }

  @Test
  void tellsOfAWholeMeshWhenItSpeaksOfItselfOrBecomesTrusted() {
    script.members(MEMBER_A);
    script.read(A, LogEntries.exported(Samples.export(WEB)));

    assertThat(script.tell(A, LogEntries.described(Samples.mesh("a"))).meshes()).containsExactly(A);
    assertThat(script.marked(A).meshes()).containsExactly(A);
    assertThat(script.marked(A).meshes()).as("it was trusted before").isEmpty();
  }

  @Test
  void tellsOnlyOfTheMembersThatAreOthersNow() {
    script.members(MEMBER_A, MEMBER_B);

    assertThat(script.members(MEMBER_A, MEMBER_B).meshes()).isEmpty();
    assertThat(script.members(MEMBER_A, MEMBER_B.retired()).meshes()).containsExactly(B);
    assertThat(script.members(MEMBER_A).meshes()).containsExactly(B);
    assertThat(script.members(MEMBER_A, MEMBER_B).meshes()).containsExactly(B);
  }

  @Test
  void describesAMeshAsItsMembershipDoesUntilItSpeaks() {
    script.members(MEMBER_A);
    assertThat(script.catalog().descriptor(A)).contains(new MeshDescriptor(A, "istio", "", "", ""));

    script.read(A, LogEntries.described(Samples.mesh("a", "linkerd")));

    assertThat(script.catalog().descriptor(A)).contains(Samples.mesh("a", "linkerd"));
    assertThat(script.catalog().descriptor(B)).isEmpty();
  }

  @Test
  void listsMembersAndMeshesInOrder() {
    script.members(MEMBER_B, MEMBER_A);
    script.read(new MeshId("c"));

    assertThat(script.catalog().members()).containsExactly(MEMBER_A, MEMBER_B);
    assertThat(script.catalog().meshIds()).containsExactly(A, B, new MeshId("c"));
  }

  @Test
  void anOlderCatalogStaysAsItWas() {
    script.members(MEMBER_A);
    script.read(A, LogEntries.exported(Samples.export(WEB)));
    var before = script.catalog();

    script.withdrawn(WEB);

    assertThat(before.standing(WEB)).isInstanceOf(Present.class);
    assertThat(standing(WEB)).isEqualTo(new Gone(Cause.WITHDRAWN));
  }

  private Standing standing(ServiceKey service) {
    return script.catalog().standing(service);
  }
}
