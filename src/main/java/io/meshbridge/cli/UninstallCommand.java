package io.meshbridge.cli;

import io.meshbridge.adapter.files.FilesBackend;
import io.meshbridge.config.Adapters;
import io.meshbridge.config.BridgeConfig;
import io.meshbridge.config.MeshConfig;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import io.meshbridge.orders.Order;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.MeshUnavailableException;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Leaves a mesh as if no bridge had ever been there. */
@Dependent
@Unremovable
@Command(
    name = "uninstall",
    header = "Remove all that is ours from a mesh.",
    description =
        "The mesh has to be told to leave first, or to be retired: a bridge that serves it would"
            + " write all of it again.",
    footer = {
      "%nExample:",
      "  meshbridge uninstall east --yes --reason 'moves to another cluster' -c bridge.yaml"
    })
final class UninstallCommand implements Callable<Integer> {
  private final Adapters adapters;
  private final FilesBackend files;
  private final Function<ConfigOptions, BridgeConfig> configuration;
  private final OrdersSource orders;
  private final Terminal terminal;

  @Mixin private ConfigOptions options = new ConfigOptions();
  @Mixin private SignatureOptions signature = new SignatureOptions();

  @Parameters(paramLabel = "MESH", description = "The mesh; it must be in the configuration.")
  private String mesh = "";

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Option(
      names = "--offline",
      description =
          "Do not ask the log whether the mesh has left; nothing is kept in the audit trail then.")
  private boolean offline;

  @Inject
  UninstallCommand(
      Adapters adapters,
      FilesBackend files,
      ConfigAccess configuration,
      OrdersSource orders,
      Terminal terminal) {
    this(adapters, files, configuration::whole, orders, terminal);
  }

  UninstallCommand(
      Adapters adapters,
      FilesBackend files,
      Function<ConfigOptions, BridgeConfig> configuration,
      OrdersSource orders,
      Terminal terminal) {
    this.adapters = adapters;
    this.files = files;
    this.configuration = configuration;
    this.orders = orders;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws UnreachableException, InterruptedException {
    var signed = signature.signatureWithReason();
    var bridge = configuration.apply(options);
    var target = configured(bridge);
    if (!offline) {
      requireThatItHasLeft(target.mesh().id());
    }
    var question = "Remove all that is ours from " + mesh + "?";
    if (!yes && !Question.isAffirmed(terminal, question)) {
      throw new InvalidInputException("Nothing was changed. Confirm with --yes.");
    }
    if (!offline) {
      try (var desk = orders.open(options)) {
        desk.uninstalled(target.mesh().id(), signed);
      }
    }
    return uninstall(bridge, target);
  }

  private MeshConfig configured(BridgeConfig bridge) {
    return bridge.meshes().stream()
        .filter(each -> each.mesh().id().value().equals(mesh))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "'"
                        + mesh
                        + "' is not configured; there are "
                        + bridge.meshes().stream().map(each -> each.mesh().id().value()).toList()));
  }

  private void requireThatItHasLeft(MeshId target)
      throws UnreachableException, InterruptedException {
    try (var desk = orders.open(options)) {
      boolean takesPart =
          desk.members().stream()
              .anyMatch(
                  member -> member.id().equals(target) && member.state() == Member.State.ACTIVE);
      boolean leaves =
          desk.standing().stream().anyMatch(order -> order.order().equals(new Order.Leave(target)));
      if (takesPart && !leaves) {
        throw new InvalidInputException(
            target
                + " takes part, so a bridge would write again what is removed; first: meshbridge"
                + " leave "
                + target);
      }
    }
  }

  private int uninstall(BridgeConfig bridge, MeshConfig target)
      throws UnreachableException, InterruptedException {
    try (var connection = connect(bridge, target)) {
      var report = Uninstallation.of(connection.sink());
      terminal.out().printf("Removed from %s: %d imports.%n", mesh, report.removed());
      report.left().forEach(line -> terminal.out().println("Left: " + line));
      return report.left().isEmpty() ? ExitCode.OK : ExitCode.PARTLY;
    } catch (MeshUnavailableException unavailable) {
      throw new UnreachableException(
          "mesh "
              + mesh
              + " cannot be read: "
              + unavailable.getMessage()
              + "; see the settings of meshbridge.meshes."
              + mesh,
          unavailable);
    }
  }

  private MeshConnection connect(BridgeConfig bridge, MeshConfig target) {
    var adapter = adapters.find(target.mesh().kind()).orElseThrow();
    var context = new ConnectionContext(bridge.federation(), target.mesh(), Clock.systemUTC());
    return switch (target.backend()) {
      case LIVE -> adapter.connect(target.settings(), context);
      case FILES -> files.connect(target.settings(), context, adapter.translator());
    };
  }
}
