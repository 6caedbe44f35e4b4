package io.meshbridge.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Prints members, sorted by id. */
final class MemberPrinter {
  private MemberPrinter() {}

  static void print(List<Member> members, OutputFormat format, PrintWriter out) {
    var sorted = members.stream().sorted(Comparator.comparing(Member::id)).toList();
    if (format == OutputFormat.TABLE) {
      new Table("MESH", "KIND", "STATE", "TRUST DOMAIN", "HOST SUFFIX", "ADDRESSES", "IMPORTERS")
          .print(sorted.stream().map(MemberPrinter::row).toList(), out);
      return;
    }
    var tree = JsonNodeFactory.instance.objectNode();
    var list = tree.putArray("members");
    sorted.forEach(member -> list.add(node(member)));
    format.print(tree, out);
  }

  private static List<String> row(Member member) {
    return List.of(
        member.id().value(),
        member.kind(),
        state(member),
        member.trustDomain(),
        member.hostSuffix(),
        member.addressRanges().isEmpty() ? "any" : String.join(",", member.addressRanges()),
        member.importers().isEmpty()
            ? "all"
            : String.join(",", member.importers().stream().map(MeshId::value).toList()));
  }

  private static ObjectNode node(Member member) {
    var node = JsonNodeFactory.instance.objectNode();
    node.put("id", member.id().value());
    node.put("kind", member.kind());
    node.put("state", state(member));
    node.put("trustDomain", member.trustDomain());
    node.put("hostSuffix", member.hostSuffix());
    var ranges = node.putArray("addressRanges");
    member.addressRanges().forEach(ranges::add);
    var importers = node.putArray("importers");
    member.importers().forEach(importer -> importers.add(importer.value()));
    return node;
  }

  private static String state(Member member) {
    return member.state().name().toLowerCase(Locale.ROOT);
  }
}
