package io.meshbridge.doctor;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Location;

/**
 * A trap that was found.
 *
 * @param trap which
 * @param location where
 * @param path the field, or the setting
 * @param what what stands there
 */
public record Finding(Trap trap, Location location, String path, String what) {
  /** As everything is told that stands in somebody's files. */
  public Diagnostic told() {
    return new Diagnostic(
        trap.severity(), location, path, what + ": " + trap.danger() + " (" + trap.advice() + ")");
  }
}
