package io.meshbridge.doctor;

import java.util.Set;
import java.util.stream.Stream;

/** What somebody wrote who wanted to export a service, and did not. */
final class ExportMark implements DocumentCheck {
  private static final Set<String> MARKS = Set.of("meshbridge.io/export", "meshbridge-export");
  private static final Set<String> MISSPELT =
      Set.of("meshbridge.io/exported", "meshbridge.io/exports", "meshbridge-exported");

  private final String make;

  ExportMark(String make) {
    this.make = make;
  }

  @Override
  public Trap trap() {
    return Trap.warning(
        make + "-export-mark",
        make,
        "the service is not exported",
        make.equals("consul")
            ? "write the meta meshbridge-export: \"true\""
            : "write the label meshbridge.io/export: \"true\"");
  }

  @Override
  public Stream<Finding> look(DocumentSet documents) {
    var kubernetes =
        documents
            .objects()
            .flatMap(
                object ->
                    Stream.of("labels", "annotations")
                        .map(map -> object.root().at("metadata", map)));
    var consul =
        documents.objects().flatMap(NativeObject::registered).map(service -> service.at("Meta"));
    return Stream.concat(kubernetes, consul).flatMap(Part::fields).flatMap(this::judge);
  }

  private Stream<Finding> judge(Part mark) {
    if (MISSPELT.contains(mark.name())) {
      return Stream.of(found(mark, "the mark " + mark.name() + ", which nobody reads"));
    }
    boolean other = !mark.text().equals("true") && !mark.text().equals("false");
    return MARKS.contains(mark.name()) && other
        ? Stream.of(found(mark, "the mark's value '" + mark.text() + "'"))
        : Stream.empty();
  }
}
