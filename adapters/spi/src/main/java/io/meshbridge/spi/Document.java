package io.meshbridge.spi;

import io.meshbridge.model.Location;
import java.util.Map;

/**
 * One native object as somebody wrote it: a Kubernetes manifest, a Consul definition.
 *
 * @param location the file and the line on which the document begins
 * @param content nested maps, lists, strings, numbers and booleans; a null in the document is
 *     absent here
 * @param lines the line of each field path that is known, such as {@code spec.ports[0].number}
 */
public record Document(Location location, Map<String, Object> content, Map<String, Integer> lines) {
  /** Copies the index of lines. */
  public Document {
    lines = Map.copyOf(lines);
  }

  /** Where a field stands: its own line, else that of the nearest field around it. */
  public Location locationOf(String path) {
    var candidate = path;
    while (!candidate.isEmpty()) {
      var line = lines.get(candidate);
      if (line != null) {
        return new Location(location.file(), line);
      }
      candidate = parentOf(candidate);
    }
    return location;
  }

  private static String parentOf(String path) {
    return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
  }
}
