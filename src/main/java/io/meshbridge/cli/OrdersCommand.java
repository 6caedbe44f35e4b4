package io.meshbridge.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.orders.Order;
import io.meshbridge.orders.SignedOrder;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the orders that stand. */
@Dependent
@Unremovable
@Command(
    name = "orders",
    header = "List the orders that operators have given and not lifted.",
    footer = {"%nExample:", "  meshbridge orders -c operator.yaml -o yaml"})
final class OrdersCommand implements Callable<Integer> {
  private final OrdersSource orders;
  private final Terminal terminal;

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "How to print: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output = OutputFormat.TABLE;

  OrdersCommand(OrdersSource orders, Terminal terminal) {
    this.orders = orders;
    this.terminal = terminal;
  }

  /** An order in columns. */
  private record Row(String order, String origin, String target, String service) {
    static Row of(Order order) {
      return switch (order) {
        case Order.Confirm(var origin, var target) ->
            new Row("confirm", origin.value(), target.map(MeshId::value).orElse("all"), "");
        case Order.Pause(var target, var service) ->
            new Row(
                "pause",
                service.map(one -> one.mesh().value()).orElse("all"),
                target.value(),
                service.map(ServiceKey::toString).orElse("all"));
        case Order.Leave(var mesh) -> new Row("leave", mesh.value(), mesh.value(), "all");
      };
    }
  }

  @Override
  public Integer call() throws UnreachableException, InterruptedException {
    try (var desk = orders.open(options)) {
      print(desk.standing().stream().sorted(Comparator.comparing(SignedOrder::at)).toList());
    }
    return ExitCode.OK;
  }

  private void print(List<SignedOrder> standing) {
    if (output == OutputFormat.TABLE) {
      new Table("ORDER", "ORIGIN", "TARGET", "SERVICE", "BY", "AT", "WHY")
          .print(standing.stream().map(OrdersCommand::cells).toList(), terminal.out());
      return;
    }
    var tree = JsonNodeFactory.instance.objectNode();
    var list = tree.putArray("orders");
    standing.forEach(order -> list.add(node(order)));
    output.print(tree, terminal.out());
  }

  private static List<String> cells(SignedOrder signed) {
    var row = Row.of(signed.order());
    return List.of(
        row.order(),
        row.origin(),
        row.target(),
        row.service(),
        signed.by(),
        signed.at().toString(),
        signed.why());
  }

  private static ObjectNode node(SignedOrder signed) {
    var row = Row.of(signed.order());
    return JsonNodeFactory.instance
        .objectNode()
        .put("order", row.order())
        .put("origin", row.origin())
        .put("target", row.target())
        .put("service", row.service())
        .put("by", signed.by())
        .put("at", signed.at().toString())
        .put("why", signed.why());
  }
}
