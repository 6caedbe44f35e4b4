package io.meshbridge.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberTest {
  private static final MeshId WEST = new MeshId("west");
  private static final MeshId EAST = new MeshId("east");
  private static final MeshId NORTH = new MeshId("north");

  @Test
  void admitsEverybodyUnlessImportersAreNamed() {
    var open = Member.active(WEST, "istio");
    var closed = admitting(List.of(EAST));

    assertThat(open.admits(NORTH)).isTrue();
    assertThat(closed.admits(EAST)).isTrue();
    assertThat(closed.admits(NORTH)).isFalse();
  }

  @Test
  void isEqualWhateverTheOrderOfItsImporters() {
    assertThat(admitting(List.of(NORTH, EAST))).isEqualTo(admitting(List.of(EAST, NORTH, EAST)));
  }

  @Test
  void speaksForItsOwnSuffixOnly() {
    assertThat(Member.active(WEST, "istio").hostSuffix()).isEqualTo("west.mesh.internal");
  }

  @Test
  void changesNothingButItsStateWhenItRetires() {
    var member = admitting(List.of(EAST));

    var retired = member.retired();

    assertThat(retired.state()).isEqualTo(Member.State.RETIRED);
    assertThat(retired).usingRecursiveComparison().ignoringFields("state").isEqualTo(member);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "is\ntio"})
  void hasAKindThatCanBeSeen(String kind) {
    assertThatIllegalArgumentException().isThrownBy(() -> Member.active(WEST, kind));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MeshDescriptor(WEST, kind, "", "", ""))
        .withMessageContaining("west");
  }

  private static Member admitting(List<MeshId> importers) {
    return new Member(
        WEST,
        "istio",
        "west.local",
        "west.example",
        List.of("10.0.0.0/8"),
        importers,
        Member.State.ACTIVE);
  }
}
