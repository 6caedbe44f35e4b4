package io.meshbridge.cli;

import io.meshbridge.model.Member;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a member go for good. */
@Dependent
@Unremovable
@Command(
    name = "retire",
    header = "Let a member go for good.",
    description = "All other members withdraw what they imported from it.",
    footer = {"%nExample:", "  meshbridge members retire east --yes"})
final class MembersRetireCommand implements Callable<Integer> {
  private final MembersSource members;
  private final Terminal terminal;

  @Mixin private ConfigOptions options = new ConfigOptions();
  @Mixin private SignatureOptions signature = new SignatureOptions();

  @Parameters(paramLabel = "ID", description = "The mesh.")
  private String id = "";

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  MembersRetireCommand(MembersSource members, Terminal terminal) {
    this.members = members;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws UnreachableException, InterruptedException {
    try (var book = members.open(options)) {
      var member = MemberNames.member(id, book.list());
      if (member.state() == Member.State.RETIRED) {
        terminal.out().println(id + " is retired already.");
        return ExitCode.OK;
      }
      var question = "Retire " + id + "? Others withdraw what they imported from it.";
      if (!yes && !Question.isAffirmed(terminal, question)) {
        throw new InvalidInputException("Nothing was changed. Confirm with --yes.");
      }
      book.put(member.retired(), signature.signature());
      terminal.out().println(id + " is retired.");
    }
    return ExitCode.OK;
  }
}
