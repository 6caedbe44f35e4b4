package io.meshbridge.cli;

import io.meshbridge.orders.Order;
import io.meshbridge.orders.SignedOrder;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets paused imports follow their services again. */
@Dependent
@Unremovable
@Command(
    name = "resume",
    header = "Let paused imports follow their services again.",
    description =
        "Lifts exactly one order: a pause of the whole mesh and that of a single import stand"
            + " beside each other.",
    footer = {
      "%nExamples:",
      "  meshbridge resume west --reason 'the sale is over' -c operator.yaml",
      "  meshbridge resume west east/shop/web -c operator.yaml"
    })
final class ResumeCommand implements Callable<Integer> {
  private final OrdersSource orders;
  private final Terminal terminal;

  @Mixin private ConfigOptions options = new ConfigOptions();
  @Mixin private SignatureOptions signature = new SignatureOptions();
  @Mixin private PauseOptions what = new PauseOptions();

  ResumeCommand(OrdersSource orders, Terminal terminal) {
    this.orders = orders;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws UnreachableException, InterruptedException {
    var signed = signature.signature();
    try (var desk = orders.open(options)) {
      Order.Pause pause = what.pause(desk.members());
      var standing = desk.standing().stream().map(SignedOrder::order).toList();
      if (!standing.contains(pause)) {
        throw new InvalidInputException(notPaused(pause, standing));
      }
      desk.lift(pause, signed);
      terminal.out().println("Resumed: " + PauseOptions.inWords(pause) + ".");
    }
    return ExitCode.OK;
  }

  private static String notPaused(Order.Pause pause, List<Order> standing) {
    var paused =
        standing.stream()
            .filter(order -> order instanceof Order.Pause)
            .map(order -> PauseOptions.inWords((Order.Pause) order))
            .sorted()
            .toList();
    return "no pause of " + PauseOptions.inWords(pause) + " stands; paused are " + paused;
  }
}
