package io.meshbridge.cli;

import io.meshbridge.orders.Order;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Keeps imports as they stand. */
@Dependent
@Unremovable
@Command(
    name = "pause",
    header = "Keep the imports of a mesh, or one of them, as they stand.",
    description =
        "Until 'meshbridge resume', the bridge neither writes, changes nor removes them, whatever"
            + " becomes of the services. What the mesh itself exports goes on.",
    footer = {
      "%nExamples:",
      "  meshbridge pause west --reason 'freeze for the sale' -c operator.yaml",
      "  meshbridge pause west east/shop/web --reason 'being looked at' -c operator.yaml"
    })
final class PauseCommand implements Callable<Integer> {
  private final OrdersSource orders;
  private final Terminal terminal;

  @Mixin private ConfigOptions options = new ConfigOptions();
  @Mixin private SignatureOptions signature = new SignatureOptions();
  @Mixin private PauseOptions what = new PauseOptions();

  PauseCommand(OrdersSource orders, Terminal terminal) {
    this.orders = orders;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws UnreachableException, InterruptedException {
    var signed = signature.signatureWithReason();
    try (var desk = orders.open(options)) {
      Order.Pause pause = what.pause(desk.members());
      desk.give(pause, signed);
      terminal.out().println("Paused: " + PauseOptions.inWords(pause) + ".");
    }
    return ExitCode.OK;
  }
}
