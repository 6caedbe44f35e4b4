package io.meshbridge.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The fields of one section; neighbours that share a fate and its reason share a row. */
record SectionTable(Section section, List<Finding> findings) {
  SectionTable {
    findings = List.copyOf(findings);
  }

  int size() {
    return findings.size();
  }

  String markdown() {
    var text = new StringBuilder("| field | outcome | why, and what to do |\n|---|---|---|\n");
    for (List<Finding> row : rows()) {
      var first = row.getFirst();
      text.append("| ")
          .append(
              row.stream()
                  .map(finding -> "`" + section.within(finding.leaf()) + "`")
                  .collect(Collectors.joining("<br>")))
          .append(" | ")
          .append(first.fate().word())
          .append(" | ")
          .append(explanation(first))
          .append(" |\n");
    }
    return text.toString();
  }

  private List<List<Finding>> rows() {
    var rows = new ArrayList<List<Finding>>();
    for (Finding finding : findings) {
      if (rows.isEmpty() || !rows.getLast().getFirst().isLike(finding)) {
        rows.add(new ArrayList<>());
      }
      rows.getLast().add(finding);
    }
    return rows;
  }

  private static String explanation(Finding finding) {
    var text = finding.reason();
    if (!finding.advice().isEmpty()) {
      text += "; *" + finding.advice() + "*";
    }
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
