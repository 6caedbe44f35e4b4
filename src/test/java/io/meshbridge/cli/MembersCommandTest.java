package io.meshbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.config.Adapters;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import io.meshbridge.testing.PaperAdapter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MembersCommandTest {
  private static final Adapters ADAPTERS =
      new Adapters(List.of(new PaperAdapter("paper")), List.of());

  private final Map<MeshId, Member> written = new LinkedHashMap<>();
  private final List<Signature> signatures = new ArrayList<>();
  private boolean brokersAreAway;

  @Test
  void addsAMemberWithItsDefaults() {
    var typed = add("east", "--kind", "paper");

    assertThat(typed.code()).isZero();
    assertThat(typed.out()).isEqualTo("east is a member now.\n");
    assertThat(written.values()).containsExactly(Member.active(new MeshId("east"), "paper"));
  }

  @Test
  void addsAMemberWithEverythingThatIsSaidAboutIt() {
    add(
        "east",
        "--kind",
        "paper",
        "--trust-domain",
        "east.example",
        "--host-suffix",
        "east.example",
        "--address-range",
        "10.0.0.0/8",
        "--address-range",
        "fd00::/8",
        "--importer",
        "west");

    assertThat(written.values())
        .containsExactly(
            new Member(
                new MeshId("east"),
                "paper",
                "east.example",
                "east.example",
                List.of("10.0.0.0/8", "fd00::/8"),
                List.of(new MeshId("west")),
                Member.State.ACTIVE));
  }

  @Test
  void tellsAllWrongValuesAtOnceAndWritesNothing() {
    var typed =
        add(
            "East",
            "--kind",
            "glass",
            "--trust-domain",
            "a b",
            "--host-suffix",
            "x.svc.local",
            "--address-range",
            "10.0.0.0/33",
            "--address-range",
            "10.0.0.256/8",
            "--address-range",
            "10.01.0.0/16",
            "--address-range",
            "example/8",
            "--address-range",
            "1::2::3/64",
            "--importer",
            "W");

    assertThat(typed.code()).isEqualTo(ExitCode.INVALID);
    assertThat(typed.err().lines())
        .containsExactly(
            "ID: 'East' is no mesh id: it must be a DNS label (a-z, 0-9, '-')",
            "--kind: 'glass' is no known kind of mesh; known are [paper]",
            "--trust-domain: 'a b' is not a name such as east.example",
            "--host-suffix: 'x.svc.local' belongs to meshes themselves; choose another domain",
            "--address-range: '10.0.0.0/33' is not a CIDR block such as 10.0.0.0/8",
            "--address-range: '10.0.0.256/8' is not a CIDR block such as 10.0.0.0/8",
            "--address-range: '10.01.0.0/16' is not a CIDR block such as 10.0.0.0/8",
            "--address-range: 'example/8' is not a CIDR block such as 10.0.0.0/8",
            "--address-range: '1::2::3/64' is not a CIDR block such as 10.0.0.0/8",
            "--importer: 'W' is no mesh id: it must be a DNS label (a-z, 0-9, '-')");
    assertThat(written).isEmpty();
  }

  @Test
  void refusesAHostSuffixInsideThatOfAnother() {
    have(Member.active(new MeshId("west"), "paper"));

    var typed = add("east", "--kind", "paper", "--host-suffix", "sub.west.mesh.internal");

    assertThat(typed.code()).isEqualTo(ExitCode.INVALID);
    assertThat(typed.err()).contains("overlaps that of west");
    assertThat(written).hasSize(1);
  }

  @Test
  void listsMembersSortedById() {
    have(Member.active(new MeshId("west"), "paper"));
    have(Member.active(new MeshId("east"), "paper").retired());

    assertThat(list().out().lines())
        .containsExactly(
            "MESH  KIND   STATE    TRUST DOMAIN  HOST SUFFIX         ADDRESSES  IMPORTERS",
            "east  paper  retired  -             east.mesh.internal  any        all",
            "west  paper  active   -             west.mesh.internal  any        all");
    assertThat(list("-o", "yaml").out()).startsWith("members:\n- id: east\n");
    assertThat(list("-o", "json").out()).contains("\"state\" : \"retired\"");
  }

  @Test
  void retiresOnlyWhenConfirmed() {
    have(Member.active(new MeshId("east"), "paper"));

    var unasked = retire("", false, "east");
    var declined = retire("n\n", true, "east");
    var asked = retire("y\n", true, "east");

    assertThat(unasked.code()).isEqualTo(ExitCode.INVALID);
    assertThat(unasked.err()).isEqualTo("Nothing was changed. Confirm with --yes.\n");
    assertThat(declined.code()).isEqualTo(ExitCode.INVALID);
    assertThat(asked.code()).isZero();
    assertThat(asked.err()).contains("Retire east?");
    assertThat(written.values()).extracting(Member::state).containsExactly(Member.State.RETIRED);
  }

  @Test
  void retiresWithoutAskingWhenTold() {
    have(Member.active(new MeshId("east"), "paper"));

    assertThat(retire("", false, "east", "--yes").out()).isEqualTo("east is retired.\n");
    assertThat(retire("", false, "east", "--yes").out()).isEqualTo("east is retired already.\n");
  }

  @Test
  void signsWhatItChanges() {
    add("east", "--kind", "paper", "--by", "anna", "--reason", "the shop moves in");
    retire("", false, "east", "--yes", "--by", "bert");

    assertThat(signatures)
        .containsExactly(new Signature("anna", "the shop moves in"), new Signature("bert", ""));
  }

  @Test
  void namesTheMembersToWhoeverRetiresAStranger() {
    have(Member.active(new MeshId("east"), "paper"));

    var typed = retire("", false, "esat", "--yes");

    assertThat(typed.code()).isEqualTo(ExitCode.INVALID);
    assertThat(typed.err()).isEqualTo("'esat' is no member; members are [east]\n");
  }

  @Test
  void tellsThatTheBrokersAreAway() {
    brokersAreAway = true;

    var typed = list();

    assertThat(typed.code()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(typed.err()).isEqualTo("no broker\n");
  }

  private void have(Member member) {
    written.put(member.id(), member);
  }

  private Typed add(String... args) {
    return Typed.run(terminal -> new MembersAddCommand(this::open, ADAPTERS, terminal), args);
  }

  private Typed list(String... args) {
    return Typed.run(terminal -> new MembersListCommand(this::open, terminal), args);
  }

  private Typed retire(String input, boolean person, String... args) {
    return Typed.run(
        terminal -> new MembersRetireCommand(this::open, terminal), input, person, args);
  }

  private MembersBook open(ConfigOptions options) throws UnreachableException {
    if (brokersAreAway) {
      throw new UnreachableException("no broker");
    }
    return new MembersBook() {
      @Override
      public List<Member> list() {
        return List.copyOf(written.values());
      }

      @Override
      public void put(Member member, Signature signature) {
        written.put(member.id(), member);
        signatures.add(signature);
      }

      @Override
      public void close() {}
    };
  }
}
