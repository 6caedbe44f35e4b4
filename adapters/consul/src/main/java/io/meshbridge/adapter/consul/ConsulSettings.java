package io.meshbridge.adapter.consul;

import io.meshbridge.spi.InvalidSettingsException;
import io.meshbridge.spi.InvalidSettingsException.Fault;
import io.meshbridge.spi.SettingSpec;
import io.meshbridge.spi.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
              "The HTTP or HTTPS API of an agent."),
          SettingSpec.secret(
              "token", "The ACL token. Give this or token-file; neither if ACLs are off."),
          SettingSpec.optional(
              "token-file",
              SettingSpec.Type.PATH,
              "",
              "A file that holds the ACL token; read anew for every call, so it may be rotated."),
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
              "Our PEM certificate chain, where the agent asks for one. Needs tls.key-file."),
          SettingSpec.optional(
              "tls.key-file", SettingSpec.Type.PATH, "", "The PEM private key of tls.cert-file."),
          SettingSpec.optional(
              "wait",
              SettingSpec.Type.DURATION,
              "60s",
              "How long a blocking query waits, 1s to 10m. It is also how late a silently dead"
                  + " connection is noticed."),
          SettingSpec.optional(
              "follow-wait",
              SettingSpec.Type.DURATION,
              "5m",
              "How long each query for one exported service waits, 1s to 10m; only over TLS,"
                  + " where they share connections that are probed every 10 seconds. Make it"
                  + " shorter if something on the way ends silent requests sooner."),
          SettingSpec.optional(
              "timeout",
              SettingSpec.Type.DURATION,
              "10s",
              "How long any other call may take, 100ms to 5m."),
          SettingSpec.optional(
              "max-connections",
              SettingSpec.Type.INTEGER,
              "64",
              "Most connections to the agent, 32 to 190: an agent refuses more than 200 from one"
                  + " address. Over TLS each of them carries 200 exported services; what is beyond"
                  + " that is read in turns, as over plain HTTP."),
          SettingSpec.optional(
              "lanes",
              SettingSpec.Type.INTEGER,
              "8",
              "How many services are re-read at once after a change, 1 to 12."),
          SettingSpec.optional(
              "resync-interval",
              SettingSpec.Type.DURATION,
              "10m",
              "How often everything is read again without a sign of change, 1s or more."),
          SettingSpec.optional(
              "retry-max",
              SettingSpec.Type.DURATION,
              "10s",
              "The longest pause between attempts while the agent cannot be read, 1s to 1h."));

  private final Settings settings;

  /**
   * @throws InvalidSettingsException naming every value that is out of range or contradicts another
   */
  ConsulSettings(Settings settings) {
    this.settings = settings;
    var faults = new ArrayList<Fault>();
    requireRange(faults, "wait", Duration.ofSeconds(1), Duration.ofMinutes(10));
    requireRange(faults, "follow-wait", Duration.ofSeconds(1), Duration.ofMinutes(10));
    requireRange(faults, "timeout", Duration.ofMillis(100), Duration.ofMinutes(5));
    requireRange(faults, "resync-interval", Duration.ofSeconds(1), Duration.ofDays(1));
    requireRange(faults, "retry-max", Duration.ofSeconds(1), Duration.ofHours(1));
    requireRange(faults, "max-connections", 32, 190);
    requireRange(faults, "lanes", 1, 12);
    if (settings.text("token").isPresent() && settings.text("token-file").isPresent()) {
      faults.add(new Fault("token-file", "contradicts token: give one of the two"));
    }
    if (settings.text("tls.cert-file").isPresent() != settings.text("tls.key-file").isPresent()) {
      faults.add(
          new Fault("tls.cert-file", "and tls.key-file belong together: give both or neither"));
    }
    var scheme = url().getScheme();
    if (!scheme.equals("http") && !scheme.equals("https")) {
      faults.add(new Fault("url", "'" + url() + "' must begin with http:// or https://"));
    }
    if (!faults.isEmpty()) {
      throw new InvalidSettingsException(faults);
    }
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

  private void requireRange(List<Fault> faults, String key, Duration min, Duration max) {
    var value = settings.duration(key);
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      faults.add(new Fault(key, "'" + value + "' must be between " + min + " and " + max));
    }
  }

  private void requireRange(List<Fault> faults, String key, int min, int max) {
    int value = settings.integer(key);
    if (value < min || value > max) {
      faults.add(new Fault(key, "'" + value + "' must be between " + min + " and " + max));
    }
  }
}
