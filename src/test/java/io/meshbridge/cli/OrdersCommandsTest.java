package io.meshbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.orders.Order;
import io.meshbridge.orders.SignedOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OrdersCommandsTest {
  private static final MeshId EAST = new MeshId("east");
  private static final MeshId WEST = new MeshId("west");
  private static final ServiceKey WEB = new ServiceKey(EAST, "shop", "web");
  private static final Instant AT = Instant.parse("2026-11-26T04:25:00Z");

  private final List<SignedOrder> standing = new ArrayList<>();
  private final List<Signature> lifts = new ArrayList<>();
  private boolean brokersAreAway;

  @Test
  void confirmsEverywhereOrInOneTargetAndSaysSo() {
    var everywhere = confirm("east", "--reason", "the old shop is gone", "--by", "anna");
    var inWest = confirm("east", "--target", "west", "--reason", "moved", "--by", "anna");

    assertThat(everywhere.out()).isEqualTo("Confirmed: services of east go, everywhere.\n");
    assertThat(inWest.out()).isEqualTo("Confirmed: services of east go from west.\n");
    assertThat(standing)
        .containsExactly(
            signed(new Order.Confirm(EAST, Optional.empty()), "the old shop is gone"),
            signed(new Order.Confirm(EAST, Optional.of(WEST)), "moved"));
  }

  @Test
  void wantsAReasonForWhatOthersWillAskAbout() {
    var confirmed = confirm("east");
    var paused = pause("west", "--reason", " ");

    assertThat(confirmed.code()).isEqualTo(ExitCode.INVALID);
    assertThat(confirmed.err()).isEqualTo("--reason: say why, for those who find the act later\n");
    assertThat(paused.code()).isEqualTo(ExitCode.INVALID);
    assertThat(standing).isEmpty();
  }

  @Test
  void refusesReasonsThatNoTableCanShow() {
    assertThat(confirm("east", "--reason", "two\nlines").err())
        .isEqualTo("--reason: must be one line of at most 300 characters\n");
    assertThat(confirm("east", "--reason", "x", "--by", "x".repeat(301)).err())
        .isEqualTo("--by: must be one line of at most 300 characters\n");
    assertThat(standing).isEmpty();
  }

  @Test
  void signsWithTheUserIfNobodyElseIsNamed() {
    confirm("east", "--reason", "gone");

    assertThat(standing)
        .extracting(SignedOrder::by)
        .containsExactly(System.getProperty("user.name"));
  }

  @Test
  void pausesAndResumesAMeshOrASingleImport() {
    var one = pause("west", "east/shop/web", "--reason", "looked at", "--by", "anna");
    var all = pause("west", "--reason", "freeze", "--by", "anna");

    assertThat(one.out()).isEqualTo("Paused: the import of east/shop/web in west.\n");
    assertThat(all.out()).isEqualTo("Paused: all imports in west.\n");
    assertThat(standing)
        .containsExactly(
            signed(new Order.Pause(WEST, Optional.of(WEB)), "looked at"),
            signed(new Order.Pause(WEST, Optional.empty()), "freeze"));

    var resumed = resume("west", "--by", "bert", "--reason", "over");

    assertThat(resumed.out()).isEqualTo("Resumed: all imports in west.\n");
    assertThat(lifts).containsExactly(new Signature("bert", "over"));
    assertThat(standing).hasSize(1);
  }

  @Test
  void tellsWhatIsPausedToWhoeverResumesSomethingElse() {
    pause("west", "--reason", "freeze");

    var typed = resume("west", "east/shop/web");

    assertThat(typed.code()).isEqualTo(ExitCode.INVALID);
    assertThat(typed.err())
        .isEqualTo(
            "no pause of the import of east/shop/web in west stands;"
                + " paused are [all imports in west]\n");
    assertThat(standing).hasSize(1);
  }

  @Test
  void letsAMeshLeaveAndTakePartAgain() {
    var unasked = leave("", false, "east", "--reason", "moves", "--by", "anna");
    var declined = leave("n\n", true, "east", "--reason", "moves", "--by", "anna");
    assertThat(unasked.code()).isEqualTo(ExitCode.INVALID);
    assertThat(unasked.err()).isEqualTo("Nothing was changed. Confirm with --yes.\n");
    assertThat(declined.code()).isEqualTo(ExitCode.INVALID);
    assertThat(standing).isEmpty();

    var left = leave("y\n", true, "east", "--reason", "moves", "--by", "anna");
    assertThat(left.out()).isEqualTo("east leaves: its exports and its imports go.\n");
    assertThat(left.err()).contains("Let east leave? Its exports and its imports go. [y/N]");
    assertThat(standing).containsExactly(signed(new Order.Leave(EAST), "moves"));

    var back = leave("", false, "east", "--undo", "--reason", "is back");
    assertThat(back.out()).isEqualTo("east takes part again.\n");
    assertThat(standing).isEmpty();
    assertThat(leave("", false, "east", "--undo", "--reason", "x").err())
        .isEqualTo("east has not been told to leave\n");
  }

  @Test
  void letsNoMeshLeaveInPart() {
    pause("west", "east/shop/web", "--reason", "looked at");

    var typed = leave("", false, "west", "--yes", "--reason", "moves");

    assertThat(typed.err())
        .isEqualTo(
            "the import of east/shop/web in west stays as it is while it is paused; first:"
                + " meshbridge resume west east/shop/web\n");
    assertThat(standing).hasSize(1);
  }

  @Test
  void refusesNamesThatNobodyHas() {
    assertThat(confirm("esat", "--reason", "x").err())
        .isEqualTo("'esat' is no member; members are [east, west]\n");
    assertThat(confirm("east", "--target", "wset", "--reason", "x").err())
        .isEqualTo("'wset' is no member; members are [east, west]\n");
    assertThat(pause("west", "shop/web", "--reason", "x").err())
        .isEqualTo("SERVICE: 'shop/web' must be named in full, such as east/shop/web\n");
    assertThat(standing).isEmpty();
  }

  @Test
  void listsWhatStands() {
    confirm("east", "--reason", "gone", "--by", "anna");
    pause("west", "east/shop/web", "--reason", "looked at", "--by", "bert");

    assertThat(orders().out().lines())
        .containsExactly(
            "ORDER    ORIGIN  TARGET  SERVICE        BY    AT                    WHY",
            "confirm  east    all     -              anna  2026-11-26T04:25:00Z  gone",
            "pause    east    west    east/shop/web  bert  2026-11-26T04:25:00Z  looked at");
    assertThat(orders("-o", "yaml").out())
        .startsWith("orders:\n- order: confirm\n  origin: east\n");
  }

  @Test
  void tellsThatTheBrokersAreAway() {
    brokersAreAway = true;

    assertThat(confirm("east", "--reason", "x").code()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(resume("west").code()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(orders().err()).isEqualTo("no broker\n");
  }

  private Typed confirm(String... args) {
    return Typed.run(terminal -> new ConfirmCommand(this::open, terminal), args);
  }

  private Typed pause(String... args) {
    return Typed.run(terminal -> new PauseCommand(this::open, terminal), args);
  }

  private Typed resume(String... args) {
    return Typed.run(terminal -> new ResumeCommand(this::open, terminal), args);
  }

  private Typed leave(String input, boolean person, String... args) {
    return Typed.run(terminal -> new LeaveCommand(this::open, terminal), input, person, args);
  }

  private Typed orders(String... args) {
    return Typed.run(terminal -> new OrdersCommand(this::open, terminal), args);
  }

  private static SignedOrder signed(Order order, String why) {
    return new SignedOrder(order, "anna", why, AT);
  }

  private OrdersDesk open(ConfigOptions options) throws UnreachableException {
    if (brokersAreAway) {
      throw new UnreachableException("no broker");
    }
    return new OrdersDesk() {
      @Override
      public List<Member> members() {
        return List.of(Member.active(WEST, "paper"), Member.active(EAST, "paper"));
      }

      @Override
      public List<SignedOrder> standing() {
        return List.copyOf(standing);
      }

      @Override
      public void give(Order order, Signature signature) {
        standing.add(new SignedOrder(order, signature.by(), signature.why(), AT));
      }

      @Override
      public void lift(Order order, Signature signature) {
        standing.removeIf(signed -> signed.order().equals(order));
        lifts.add(signature);
      }

      @Override
      public void uninstalled(MeshId mesh, Signature signature) {
        throw new IllegalStateException("nobody uninstalls here");
      }

      @Override
      public void close() {}
    };
  }
}
