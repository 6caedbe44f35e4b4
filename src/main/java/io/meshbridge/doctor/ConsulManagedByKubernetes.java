package io.meshbridge.doctor;

import java.util.stream.Stream;

/** Entries that a controller keeps: whoever else writes them is overwritten. */
final class ConsulManagedByKubernetes implements DocumentCheck {
  @Override
  public Trap trap() {
    return Trap.warning(
        "consul-entry-of-kubernetes",
        "consul",
        "its controller overwrites what anybody else writes there, and so on for ever",
        "change the resource in Kubernetes instead");
  }

  @Override
  public Stream<Finding> look(DocumentSet documents) {
    return documents
        .objects()
        .filter(object -> !object.root().at("apiVersion").exists())
        .filter(object -> !object.entryKind().isEmpty())
        .map(object -> object.root().at("Meta", "external-source"))
        .filter(source -> source.text().equals("kubernetes"))
        .map(source -> found(source, "a config entry that Kubernetes manages"));
  }
}
