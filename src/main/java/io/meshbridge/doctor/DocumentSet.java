package io.meshbridge.doctor;

import io.meshbridge.spi.Document;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All documents of a mesh that are at hand.
 *
 * @param make the kind of mesh
 */
public record DocumentSet(String make, List<Document> documents) {
  /** Copies. */
  public DocumentSet {
    documents = List.copyOf(documents);
  }

  Stream<NativeObject> objects() {
    return documents.stream().map(NativeObject::of);
  }

  /** The Kubernetes objects of a kind, in any version. */
  Stream<NativeObject> ofKind(String group, String kind) {
    return objects().filter(object -> object.kind().equals(kind) && object.group().equals(group));
  }

  /** The Consul config entries of a kind. */
  Stream<NativeObject> entries(String kind) {
    return objects().filter(object -> object.entryKind().equals(kind));
  }

  /** One of them. */
  Optional<NativeObject> entry(String kind, String name) {
    return entries(kind).filter(entry -> entry.entryName().equals(name)).findFirst();
  }
}
