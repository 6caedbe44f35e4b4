package io.meshbridge.adapter.consul;

import io.meshbridge.spi.SettingSpec;
import io.meshbridge.spi.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the adapter is told of one Consul datacenter, checked. Its text shows no secret. */
final class ConsulSettings {
  static final List<SettingSpec> SPECS =
      List.of(
          SettingSpec.optional(
                  "url",
                  SettingSpec.Type.URL,
                  "http://127.0.0.1:8500",
                  "The HTTP or HTTPS API of an agent.")
              .where(url -> url.matches("https?://.*"), "must begin with http:// or https://"),
          SettingSpec.secret(
              "token", "The ACL token. Give this or token-file; neither if ACLs are off."),
          SettingSpec.optional(
                  "token-file",
                  SettingSpec.Type.PATH,
                  "",
                  "A file that holds the ACL token; read anew for every call, so it may be"
                      + " rotated.")
              .insteadOf("token"),
          SettingSpec.optional(
              "datacenter",
              SettingSpec.Type.TEXT,
              "",
              "The datacenter to read and write; the agent's own if empty."),
          SettingSpec.optional(
              "tls.ca-file",
              SettingSpec.Type.PATH,
              "",
              "PEM certificates that sign the agent's; the platform's own if empty."),
          SettingSpec.optional(
                  "tls.cert-file",
                  SettingSpec.Type.PATH,
                  "",
                  "Our PEM certificate chain, where the agent asks for one. Needs tls.key-file.")
              .onlyWith("tls.key-file"),
          SettingSpec.optional(
                  "tls.key-file",
                  SettingSpec.Type.PATH,
                  "",
                  "The PEM private key of tls.cert-file.")
              .onlyWith("tls.cert-file"),
          SettingSpec.optional(
                  "wait",
                  SettingSpec.Type.DURATION,
                  "60s",
                  "How long a blocking query waits, 1s to 10m. It is also how late a silently dead"
                      + " connection is noticed.")
              .within("1s", "10m"),
          SettingSpec.optional(
                  "follow-wait",
                  SettingSpec.Type.DURATION,
                  "5m",
                  "How long each query for one exported service waits, 1s to 10m; only over TLS,"
                      + " where they share connections that are probed every 10 seconds. Make it"
                      + " shorter if something on the way ends silent requests sooner.")
              .within("1s", "10m"),
          SettingSpec.optional(
                  "timeout",
                  SettingSpec.Type.DURATION,
                  "10s",
                  "How long any other call may take, 100ms to 5m.")
              .within("100ms", "5m"),
          SettingSpec.optional(
                  "max-connections",
                  SettingSpec.Type.INTEGER,
                  "64",
                  "Most connections to the agent, 32 to 190: an agent refuses more than 200 from"
                      + " one address. Over TLS each of them carries 200 exported services; what is"
                      + " beyond that is read in turns, as over plain HTTP.")
              .within("32", "190"),
          SettingSpec.optional(
                  "lanes",
                  SettingSpec.Type.INTEGER,
                  "8",
                  "How many services are re-read at once after a change, 1 to 12.")
              .within("1", "12"),
          SettingSpec.optional(
                  "resync-interval",
                  SettingSpec.Type.DURATION,
                  "10m",
                  "How often everything is read again without a sign of change, 1s to 24h.")
              .within("1s", "24h"),
          SettingSpec.optional(
                  "retry-max",
                  SettingSpec.Type.DURATION,
                  "10s",
                  "The longest pause between attempts while the agent cannot be read, 1s to 1h.")
              .within("1s", "1h"));

  private final Settings settings;

  /**
   * @param settings checked against {@link #SPECS}
   */
  ConsulSettings(Settings settings) {
    this.settings = settings;
  }

  URI url() {
    return settings.url("url").orElseThrow();
  }

  Optional<String> token() {
    return settings.text("token");
  }

  Optional<Path> tokenFile() {
    return settings.path("token-file");
  }

  String datacenter() {
    return settings.text("datacenter").orElse("");
  }

  Optional<Path> caFile() {
    return settings.path("tls.ca-file");
  }

  Optional<Path> certFile() {
    return settings.path("tls.cert-file");
  }

  Optional<Path> keyFile() {
    return settings.path("tls.key-file");
  }

  Duration waitTime() {
    return settings.duration("wait");
  }

  Duration followWait() {
    return settings.duration("follow-wait");
  }

  Duration timeout() {
    return settings.duration("timeout");
  }

  int maxConnections() {
    return settings.integer("max-connections");
  }

  int lanes() {
    return settings.integer("lanes");
  }

  Duration resyncInterval() {
    return settings.duration("resync-interval");
  }

  Duration retryMax() {
    return settings.duration("retry-max");
  }

  @Override
  public String toString() {
    return settings.toString();
  }
}
