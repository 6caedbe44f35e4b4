package io.meshbridge.adapter.consul;

import io.meshbridge.model.Location;
import io.meshbridge.spi.Document;
import java.util.Map;

/**
 * Where an object stands within a document, so that what is said of it can be found.
 *
 * @param document the file's document, or the live object under its own name
 * @param prefix the path of the object within the document; empty for the document itself
 */
record Place(Document document, String prefix) {
  /** A live object, known by what it is. */
  static Place live(String reference) {
    return new Place(new Document(Location.of(reference), Map.of(), Map.of()), "");
  }

  Place in(String field) {
    return new Place(document, path(field));
  }

  String path(String field) {
    return prefix.isEmpty() ? field : prefix + "." + field;
  }

  Location location(String field) {
    return document.locationOf(path(field));
  }
}
