package io.meshbridge.doctor;

import java.util.stream.Stream;

/** The service mirror of a Link collects as garbage what bears its cluster's name. */
final class LinkerdOurObjectOfLink implements DocumentCheck {
  private static final String LABEL = "mirror.linkerd.io/cluster-name";

  @Override
  public Trap trap() {
    return Trap.error(
        "linkerd-import-with-label-of-link",
        "linkerd",
        "the service mirror of the Link of that name deletes it",
        "take the label away");
  }

  @Override
  public Stream<Finding> look(DocumentSet documents) {
    return documents
        .objects()
        .filter(object -> object.label("meshbridge.io/federation").exists())
        .map(object -> object.label(LABEL))
        .filter(Part::exists)
        .map(label -> found(label, "an import with the label of cluster '" + label.text() + "'"));
  }
}
