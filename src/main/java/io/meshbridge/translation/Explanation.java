package io.meshbridge.translation;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import java.util.List;

/**
 * What becomes of a service in one target, field by field.
 *
 * @param service which service
 * @param target the mesh that imports it
 * @param name what clients there call
 * @param written whether the target holds anything of it
 * @param fields from where, to where, and what happened on the way
 */
public record Explanation(
    ServiceKey service, MeshId target, String name, boolean written, List<FieldFate> fields) {
  /** Copies. */
  public Explanation {
    fields = List.copyOf(fields);
  }
}
