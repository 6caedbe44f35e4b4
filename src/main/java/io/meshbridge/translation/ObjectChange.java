package io.meshbridge.translation;

import io.meshbridge.model.Location;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.NativeDocument;

/** What a translation would change of one object that stands, or does not stand, in a target. */
public sealed interface ObjectChange {
  /** Which object, for people. */
  String object();

  /** It would come. */
  record Added(String object, NativeDocument after) implements ObjectChange {}

  /**
   * It would become another.
   *
   * @param at where it stands
   * @param before what it says, without what only a server writes, in the order of {@code after}
   */
  record Changed(String object, Location at, NativeDocument before, NativeDocument after)
      implements ObjectChange {}

  /** It would go. */
  record Removed(String object, Location at, NativeDocument before) implements ObjectChange {}

  /**
   * Somebody else's object has its place: nothing of the import would be written.
   *
   * @param service whose import it is
   */
  record Taken(String object, Location at, ServiceKey service) implements ObjectChange {}
}
