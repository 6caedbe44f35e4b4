package io.meshbridge.mapping;

import java.util.List;

/** The page that leads to those of all pairs. */
final class MappingIndex {
  private MappingIndex() {}

  static String of(List<Mapping> mappings) {
    var table = new TotalsTable("from, to");
    mappings.forEach(
        mapping ->
            table.row(
                "["
                    + mapping.from().title()
                    + " to "
                    + mapping.target()
                    + "]("
                    + mapping.name()
                    + ".md)",
                new Tally(mapping.findings())));
    table.total(new Tally(mappings.stream().flatMap(m -> m.findings().stream()).toList()));
    return """
        # What is kept of routing policy, and what is lost

        <!-- %s -->

        A route written for one mesh arrives in the others with the same meaning, or its owner is told
        what could not be said. These pages say in advance, for every field of every kind of policy
        that is read, what becomes of it.

        %s
        - **kept**: the target has it.
        - **approximated**: the target has it in other words that mean nearly the same; the report says
          how they differ.
        - **dropped**: the target does not have it; the report names the field, the reason, and what its
          owner can do. A rule that cannot be said is left out whole: its requests fall to the rules
          after it.
        - **refused**: without the field the import would let through what its owner answers with an
          error, so the service is not written at all.

        ## How it is measured

        The fields are the leaves of the CustomResourceDefinitions of Istio, Linkerd and the Gateway API
        (`spec`, newest version that is served), the documented fields of Consul's config entries, and
        the annotations that Linkerd reads. For each there is a small valid document in which it is set
        and has an effect, and the same document without it. Both are translated. If the report names
        the field by exactly its path, that is its fate; else the output must differ, and the field is
        kept. A field of which neither is true would be lost in silence: then the build fails.

        A field may fare better or worse than its row says where other fields of the same object are
        against it: a timeout of a rule that is left out is lost with the rule. The report of the
        translation says so for the document at hand. Values count too: a prefix that ends in a slash
        can be said where one that does not cannot.
        """
        .formatted(TotalsTable.GENERATED, table.markdown());
  }
}
