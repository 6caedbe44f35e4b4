package io.meshbridge.adapter.consul.traffic;

import java.util.Locale;

/**
 * One spelling for the several of Consul: CamelCase (HTTP API), snake_case (agent files), camelCase
 * (Kubernetes).
 */
public final class Spelling {
  private Spelling() {}

  /** The same for all spellings of a field. */
  public static String canonical(String field) {
    return field.replace("_", "").toLowerCase(Locale.ROOT);
  }
}
