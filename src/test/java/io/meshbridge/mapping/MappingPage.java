package io.meshbridge.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The page of one pair: for every kind of the first, what becomes of its fields in the second. */
final class MappingPage {
  private final Mapping mapping;
  private final Map<PolicyKind, SampleBook> books;
  private final StringBuilder text = new StringBuilder();

  private MappingPage(Mapping mapping, Map<PolicyKind, SampleBook> books) {
    this.mapping = mapping;
    this.books = books;
  }

  /**
   * @param books of all kinds that the first make of mesh reads
   */
  static String of(Mapping mapping, Map<PolicyKind, SampleBook> books) {
    return new MappingPage(mapping, books).write();
  }

  private String write() {
    line("# " + mapping.title());
    line("");
    line("<!-- " + TotalsTable.GENERATED + " -->");
    line("");
    line(
        "What becomes of each field of "
            + mapping.from().title()
            + "'s routing policy in "
            + mapping.target()
            + ". Each was set in a document, and the document was translated with the field and"
            + " without it; see [how this is measured](README.md#how-it-is-measured).");
    line("");
    text.append(totals());
    mapping.from().policies().forEach(this::writeKind);
    return text.toString();
  }

  private String totals() {
    var table = new TotalsTable("kind");
    for (PolicyKind kind : mapping.from().policies()) {
      var name = title(kind);
      table.row("[" + name + "](#" + anchor(name) + ")", new Tally(mapping.of(kind)));
    }
    table.total(new Tally(mapping.findings()));
    return table.markdown();
  }

  private void writeKind(PolicyKind kind) {
    line("");
    line("## " + title(kind));
    var book = bookOf(kind);
    if (!book.remark().isEmpty()) {
      line("");
      line(book.remark());
    }
    var written = new ArrayList<SectionTable>();
    for (SectionTable table : tables(kind, book)) {
      line("");
      line("### " + heading(table.section()));
      line("");
      var same = sameAs(table, written);
      if (same.isPresent()) {
        line("All " + table.size() + " fields as below " + place(same.orElseThrow()) + ".");
      } else {
        text.append(table.markdown());
      }
      written.add(table);
    }
  }

  private List<SectionTable> tables(PolicyKind kind, SampleBook book) {
    var bySection = new LinkedHashMap<Section, List<Finding>>();
    book.sections().forEach(section -> bySection.put(section, new ArrayList<>()));
    for (Finding finding : mapping.of(kind)) {
      bySection.get(book.sectionOf(finding.leaf())).add(finding);
    }
    var tables = new ArrayList<SectionTable>();
    bySection.forEach(
        (section, findings) -> {
          if (!findings.isEmpty()) {
            tables.add(new SectionTable(section, findings));
          }
        });
    return tables;
  }

  private static Optional<Section> sameAs(SectionTable table, List<SectionTable> written) {
    return written.stream()
        .filter(other -> other.markdown().equals(table.markdown()))
        .map(SectionTable::section)
        .findFirst();
  }

  private SampleBook bookOf(PolicyKind kind) {
    return Optional.ofNullable(books.get(kind)).orElseThrow();
  }

  private static String heading(Section section) {
    boolean said = section.path().isEmpty() || section.path().equals(section.title());
    return said ? section.title() : section.title() + ": " + place(section);
  }

  private static String place(Section section) {
    return "`" + section.path() + "`";
  }

  private static String title(PolicyKind kind) {
    return kind == PolicyKind.LINKERD_HTTP_ROUTE
        ? kind.title() + " of Linkerd's group"
        : kind.title();
  }

  /** As GitHub makes anchors of headings. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
