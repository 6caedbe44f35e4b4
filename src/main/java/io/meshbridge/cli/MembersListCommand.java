package io.meshbridge.cli;

import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the members, sorted by id. */
@Dependent
@Unremovable
@Command(
    name = "list",
    header = "List the members, the retired ones too.",
    footer = {"%nExample:", "  meshbridge members list -c operator.yaml -o yaml"})
final class MembersListCommand implements Callable<Integer> {
  private final MembersSource members;
  private final Terminal terminal;

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "How to print: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output = OutputFormat.TABLE;

  MembersListCommand(MembersSource members, Terminal terminal) {
    this.members = members;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws UnreachableException, InterruptedException {
    try (var book = members.open(options)) {
      MemberPrinter.print(book.list(), output, terminal.out());
    }
    return ExitCode.OK;
  }
}
