package io.meshbridge.status;

import io.meshbridge.model.MeshId;
import java.util.OptionalLong;

/** How far this process has read the log. */
@FunctionalInterface
public interface LogPositions {
  /** Up to which offset the topic of a mesh has been read; empty while it is not. */
  OptionalLong position(MeshId mesh);
}
