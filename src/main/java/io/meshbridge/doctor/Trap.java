package io.meshbridge.doctor;

import io.meshbridge.model.Diagnostic.Severity;

/**
 * Something that looks right and is not.
 *
 * @param id for people to speak of it, such as {@code istio-credential-without-selector}
 * @param make the kind of mesh whose documents it is found in; empty for a configuration's
 * @param severity {@code ERROR} if something does not work as its owner thinks, {@code WARNING} if
 *     it may not
 * @param danger what happens
 * @param advice what to do
 */
public record Trap(String id, String make, Severity severity, String danger, String advice) {

  static Trap error(String id, String make, String danger, String advice) {
    return new Trap(id, make, Severity.ERROR, danger, advice);
  }

  static Trap warning(String id, String make, String danger, String advice) {
    return new Trap(id, make, Severity.WARNING, danger, advice);
  }
}
