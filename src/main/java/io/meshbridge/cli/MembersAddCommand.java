package io.meshbridge.cli;

import io.meshbridge.config.Adapters;
import io.meshbridge.model.Member;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a mesh a member, or changes what the federation says about it. */
@Dependent
@Unremovable
@Command(
    name = "add",
    header = "Make a mesh a member, or change what is said about it.",
    footer = {
      "%nExamples:",
      "  meshbridge members add east --kind istio --trust-domain east.example",
      "  meshbridge members add dc1 --kind consul --address-range 10.1.0.0/16 --importer east"
    })
final class MembersAddCommand implements Callable<Integer> {
  private final MembersSource members;
  private final Adapters adapters;
  private final Terminal terminal;

  @Mixin private ConfigOptions options = new ConfigOptions();
  @Mixin private SignatureOptions signature = new SignatureOptions();

  @Parameters(paramLabel = "ID", description = "The mesh: a DNS label.")
  private String id = "";

  @Option(
      names = "--kind",
      required = true,
      paramLabel = "KIND",
      description = "Its make, such as istio or consul.")
  private String kind = "";

  @Option(
      names = "--trust-domain",
      paramLabel = "NAME",
      defaultValue = "",
      description = "The only trust domain that it may speak for. Default: none.")
  private String trustDomain = "";

  @Option(
      names = "--host-suffix",
      paramLabel = "DOMAIN",
      defaultValue = "",
      description = "What its imports' host names end with elsewhere. Default: ID.mesh.internal.")
  private String hostSuffix = "";

  @Option(
      names = "--address-range",
      paramLabel = "CIDR",
      description = "Where its endpoints must lie; may be given again. Default: anywhere.")
  private List<String> addressRanges = List.of();

  @Option(
      names = "--importer",
      paramLabel = "ID",
      description = "Who may import from it; may be given again. Default: every member.")
  private List<String> importers = List.of();

  MembersAddCommand(MembersSource members, Adapters adapters, Terminal terminal) {
    this.members = members;
    this.adapters = adapters;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws UnreachableException, InterruptedException {
    var form = new MemberForm(id, kind, trustDomain, hostSuffix, addressRanges, importers);
    var member = form.member(adapters.kinds());
    try (var book = members.open(options)) {
      var others = book.list();
      requireOwnSuffix(member, others);
      boolean known = others.stream().anyMatch(other -> other.id().equals(member.id()));
      book.put(member, signature.signature());
      terminal.out().println(member.id() + (known ? " is changed." : " is a member now."));
    }
    return ExitCode.OK;
  }

  /** Under one suffix, or one inside the other, two meshes could speak for the same names. */
  private static void requireOwnSuffix(Member member, List<Member> others) {
    for (Member other : others) {
      var mine = "." + member.hostSuffix();
      var theirs = "." + other.hostSuffix();
      boolean overlaps = mine.endsWith(theirs) || theirs.endsWith(mine);
      if (overlaps && !other.id().equals(member.id())) {
        throw new InvalidInputException(
            "--host-suffix: '"
                + member.hostSuffix()
                + "' overlaps that of "
                + other.id()
                + ", which is '"
                + other.hostSuffix()
                + "'");
      }
    }
  }
}
