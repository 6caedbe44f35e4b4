package io.meshbridge.cli;

import io.meshbridge.orders.Order;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says that what the guard holds is right. */
@Dependent
@Unremovable
@Command(
    name = "confirm",
    header = "Say that services which the guard holds shall go.",
    description =
        "Covers what is held now and what goes within the guard's window from now on; later losses"
            + " are guarded again.",
    footer = {
      "%nExamples:",
      "  meshbridge confirm east --reason 'the old shop is switched off' -c operator.yaml",
      "  meshbridge confirm east --target west --reason 'moved' -c operator.yaml"
    })
final class ConfirmCommand implements Callable<Integer> {
  private final OrdersSource orders;
  private final Terminal terminal;

  @Mixin private ConfigOptions options = new ConfigOptions();
  @Mixin private SignatureOptions signature = new SignatureOptions();

  @Parameters(paramLabel = "MESH", description = "The mesh whose services go.")
  private String mesh = "";

  @Option(
      names = "--target",
      paramLabel = "MESH",
      defaultValue = "",
      description =
          "Only its imports in this mesh. Default: its own withdrawals, and its imports in all"
              + " meshes.")
  private String target = "";

  ConfirmCommand(OrdersSource orders, Terminal terminal) {
    this.orders = orders;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws UnreachableException, InterruptedException {
    var signed = signature.signatureWithReason();
    try (var desk = orders.open(options)) {
      var members = desk.members();
      var origin = MemberNames.mesh(mesh, members);
      var where =
          Optional.of(target)
              .filter(named -> !named.isEmpty())
              .map(named -> MemberNames.mesh(named, members));
      desk.give(new Order.Confirm(origin, where), signed);
      terminal
          .out()
          .println(
              "Confirmed: services of "
                  + origin
                  + " go"
                  + where.map(one -> " from " + one + ".").orElse(", everywhere."));
    }
    return ExitCode.OK;
  }
}
