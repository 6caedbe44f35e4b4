package io.meshbridge.adapter.consul;

import io.meshbridge.spi.MeshUnavailableException;

/** Which version the agent says that it is: what it can be told depends on it. */
final class VersionProbe {
  /** What every server that is supported can do. */
  private static final String OLDEST = "1.8.0";

  private final CatalogApi api;
  private volatile String version = OLDEST;

  VersionProbe(CatalogApi api) {
    this.api = api;
  }

  /**
   * Asks again. An agent that may not tell us counts as an old one, since those refuse what they do
   * not know.
   *
   * @return whether it is another than before
   */
  boolean refresh() throws MeshUnavailableException, InterruptedException {
    var told = api.version();
    var now = told.isEmpty() ? OLDEST : told;
    var changed = !now.equals(version);
    version = now;
    return changed;
  }

  String version() {
    return version;
  }
}
