package io.meshbridge.doctor;

/** Looks for one trap. */
public sealed interface Check permits DocumentCheck, ConfigCheck {
  /** Which. */
  Trap trap();
}
