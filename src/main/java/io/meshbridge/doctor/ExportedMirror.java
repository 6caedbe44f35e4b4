package io.meshbridge.doctor;

import java.util.List;
import java.util.stream.Stream;

/** What another tool mirrors from another mesh is not this mesh's to offer. */
final class ExportedMirror implements DocumentCheck {
  private static final List<String> MIRRORS =
      List.of(
          "mirror.linkerd.io/mirrored-service",
          "federation.openshift-service-mesh.io/peer",
          "submariner.io/originatingNamespace");

  private final String make;

  ExportedMirror(String make) {
    this.make = make;
  }

  @Override
  public Trap trap() {
    return Trap.warning(
        make + "-exported-mirror",
        make,
        "another tool has brought it from another mesh, and it is not exported",
        "export it where it is at home");
  }

  @Override
  public Stream<Finding> look(DocumentSet documents) {
    return documents
        .objects()
        .filter(object -> object.label("meshbridge.io/export").text().equals("true"))
        .flatMap(object -> MIRRORS.stream().map(object::label))
        .filter(Part::exists)
        .map(label -> found(label, "an exported object with the label " + label.name()));
  }
}
