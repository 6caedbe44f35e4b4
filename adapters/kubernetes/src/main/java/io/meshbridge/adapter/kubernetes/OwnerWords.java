package io.meshbridge.adapter.kubernetes;

import io.meshbridge.model.MeshId;
import io.meshbridge.spi.Arrival;
import java.nio.charset.StandardCharsets;

/**
 * How owners are told of their exports. Nothing that changes by itself is said, such as how many
 * endpoints there are: it would be written anew with every pod.
 */
final class OwnerWords {
  private OwnerWords() {}

  /** How the service stands in a mesh, as part of a sentence. */
  static String standing(MeshId mesh, Arrival arrival) {
    return switch (arrival.state()) {
      case IMPORTED -> "imported by " + mesh + named(arrival);
      case IDLE -> "imported by " + mesh + named(arrival) + ", where no endpoint takes traffic";
      case PENDING -> "not yet in " + mesh;
      case CONFLICT -> "in " + mesh + " the name" + quoted(arrival) + " is " + arrival.reason();
      case REFUSED -> "refused by " + mesh + ": " + arrival.reason();
      case HELD -> "kept in " + mesh + named(arrival) + ": its removal is held";
      case STALE -> "kept in " + mesh + named(arrival) + " as last known";
      case SUSPENDED -> "left as it is in " + mesh + " by those who operate it";
    };
  }

  private static String named(Arrival arrival) {
    return arrival.name().isEmpty() ? "" : " as " + arrival.name();
  }

  private static String quoted(Arrival arrival) {
    return arrival.name().isEmpty() ? "" : " " + arrival.name();
  }

  /**
   * A text on one line that is no longer than an API takes. What comes from other meshes may hold
   * anything.
   *
   * @param most bytes of UTF-8
   */
  static String within(int most, String text) {
    var line = new StringBuilder();
    int bytes = 0;
    int room = most - "...".length();
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      int written = Character.isISOControl(point) || isLoneSurrogate(point) ? ' ' : point;
      bytes += Character.toString(written).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > room && text.getBytes(StandardCharsets.UTF_8).length > most) {
        return line.append("...").toString();
      }
      line.appendCodePoint(written);
      i += Character.charCount(point);
    }
    return line.toString();
  }

  private static boolean isLoneSurrogate(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
