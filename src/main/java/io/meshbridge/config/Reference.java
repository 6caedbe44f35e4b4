package io.meshbridge.config;

import io.meshbridge.spi.SettingSpec;
import java.util.List;
import java.util.Locale;

/** The reference page of the configuration, written from the same specs that check it. */
public final class Reference {
  private static final String HEAD =
      """
      # Configuration

      <!-- Generated from the code. Change the SettingSpecs there, then run ./meshbridge docs. -->

      Settings come from, strongest first: system properties (`-D`), environment variables, the
      files named by `--config` (YAML or `.properties`; a later file is stronger than an earlier
      one), and the built-in defaults. A key becomes an environment variable in upper case with
      every other character as `_`: `meshbridge.heartbeat.interval` is
      `MESHBRIDGE_HEARTBEAT_INTERVAL`, `meshbridge.meshes.east.settings.token` is
      `MESHBRIDGE_MESHES_EAST_SETTINGS_TOKEN`.

      Everything is checked before anything runs, and all faults are told at once, each with its
      key. `./meshbridge validate --config FILE` does only that. A commented example is
      [examples/three-meshes.yaml](../examples/three-meshes.yaml).

      Durations are written `500ms`, `10s`, `5m`, `2h`, or as ISO-8601 (`PT10S`). Secrets are
      never shown in messages, logs or reports.
      """;

  private static final String KAFKA =
      """

      ## Kafka

      `kafka.bootstrap.servers` (default `%s`) names the brokers, as `host:port`, separated by
      commas. Every other key that begins with `kafka.` is handed to the Kafka clients as it is,
      such as `kafka.security.protocol`, `kafka.sasl.jaas.config` or
      `kafka.ssl.truststore.location`.

      Key stores and trust stores are read again when their files change, from the next connection
      on. Their passwords may stand in files beside them, named by `kafka.ssl.keystore.password.file`,
      `kafka.ssl.key.password.file` and `kafka.ssl.truststore.password.file`. A password of SASL/PLAIN
      or SASL/SCRAM stands in a file with `kafka.sasl.client.callback.handler.class:
      io.meshbridge.log.FileCredentials`, where the entry in `kafka.sasl.jaas.config` has
      `username="..." password-file="..."`.
      """;

  private final KnownAdapters adapters;

  /** Of these adapters. */
  public Reference(KnownAdapters adapters) {
    this.adapters = adapters;
  }

  /** The whole page, in Markdown. */
  public String markdown() {
    var page = new StringBuilder(HEAD);
    section(page, "## The bridge", BridgeSettings.PREFIX, BridgeSettings.specs(adapters));
    page.append(KAFKA.formatted(BridgeSettings.DEFAULT_BOOTSTRAP_SERVERS));
    var mesh = MeshSettings.PREFIX + "<id>.";
    section(page, "## Every mesh", mesh, MeshSettings.SPECS);
    adapters
        .kinds()
        .forEach(
            (kind, about) ->
                section(
                    page,
                    "## Meshes of kind `" + kind + "`",
                    mesh + MeshSettings.OWN,
                    about.settings()));
    section(
        page,
        "## Meshes with backend `files`, of any kind",
        mesh + MeshSettings.OWN,
        adapters.files());
    return page.toString();
  }

  private static void section(
      StringBuilder page, String title, String prefix, List<SettingSpec> specs) {
    page.append('\n').append(title).append("\n\n");
    if (specs.isEmpty()) {
      page.append("No settings of its own.\n");
      return;
    }
    page.append("| key | type | default | meaning |\n|---|---|---|---|\n");
    for (SettingSpec spec : specs) {
      page.append("| `")
          .append(prefix)
          .append(spec.key())
          .append("` | ")
          .append(spec.type().name().toLowerCase(Locale.ROOT))
          .append(" | ")
          .append(defaultOf(spec))
          .append(" | ")
          .append(spec.description().replace("|", "\\|"))
          .append(spec.secret() ? " **Secret.**" : "")
          .append(" |\n");
    }
  }

  private static String defaultOf(SettingSpec spec) {
    if (spec.required()) {
      return "**required**";
    }
    return spec.defaultValue().isEmpty() ? "" : "`" + spec.defaultValue() + "`";
  }
}
