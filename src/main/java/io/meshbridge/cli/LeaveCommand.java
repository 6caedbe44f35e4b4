package io.meshbridge.cli;

import io.meshbridge.model.MeshId;
import io.meshbridge.orders.Order;
import io.meshbridge.orders.SignedOrder;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a mesh leave, in order. */
@Dependent
@Unremovable
@Command(
    name = "leave",
    header = "Let a mesh withdraw its exports and drop its imports.",
    description =
        "Its bridge does it, and keeps it so until '--undo'; no guard asks for a confirmation. A mesh"
            + " whose bridge will never run again is retired instead: 'meshbridge members retire'.",
    footer = {
      "%nExamples:",
      "  meshbridge leave east --yes --reason 'moves to another cluster' -c operator.yaml",
      "  meshbridge leave east --undo --reason 'it is back' -c operator.yaml"
    })
final class LeaveCommand implements Callable<Integer> {
  private final OrdersSource orders;
  private final Terminal terminal;

  @Mixin private ConfigOptions options = new ConfigOptions();
  @Mixin private SignatureOptions signature = new SignatureOptions();

  @Parameters(paramLabel = "MESH", description = "The mesh.")
  private String mesh = "";

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Option(names = "--undo", description = "Let it take part again.")
  private boolean undo;

  LeaveCommand(OrdersSource orders, Terminal terminal) {
    this.orders = orders;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws UnreachableException, InterruptedException {
    var signed = signature.signatureWithReason();
    try (var desk = orders.open(options)) {
      var leaver = MemberNames.mesh(mesh, desk.members());
      if (undo) {
        undo(desk, leaver, signed);
      } else {
        leave(desk, leaver, signed);
      }
    }
    return ExitCode.OK;
  }

  private void leave(OrdersDesk desk, MeshId leaver, Signature signed)
      throws UnreachableException, InterruptedException {
    requireNothingPaused(desk, leaver);
    var question = "Let " + leaver + " leave? Its exports and its imports go.";
    if (!yes && !Question.isAffirmed(terminal, question)) {
      throw new InvalidInputException("Nothing was changed. Confirm with --yes.");
    }
    desk.give(new Order.Leave(leaver), signed);
    terminal.out().println(leaver + " leaves: its exports and its imports go.");
  }

  private void undo(OrdersDesk desk, MeshId leaver, Signature signed)
      throws UnreachableException, InterruptedException {
    var order = new Order.Leave(leaver);
    if (desk.standing().stream().map(SignedOrder::order).noneMatch(order::equals)) {
      throw new InvalidInputException(leaver + " has not been told to leave");
    }
    desk.lift(order, signed);
    terminal.out().println(leaver + " takes part again.");
  }

  /** What is paused stays, so the mesh would leave only in part. */
  private static void requireNothingPaused(OrdersDesk desk, MeshId leaver)
      throws UnreachableException, InterruptedException {
    for (SignedOrder signed : desk.standing()) {
      if (signed.order() instanceof Order.Pause pause && pause.target().equals(leaver)) {
        throw new InvalidInputException(
            PauseOptions.inWords(pause)
                + " stays as it is while it is paused; first: meshbridge resume "
                + leaver
                + pause.service().map(one -> " " + one).orElse(""));
      }
    }
  }
}
