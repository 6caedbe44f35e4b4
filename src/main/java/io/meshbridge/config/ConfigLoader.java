package io.meshbridge.config;

import io.meshbridge.guard.GuardSettings;
import io.meshbridge.importing.Damping;
import io.meshbridge.model.MeshId;
import io.meshbridge.spi.InvalidSettingsException;
import io.meshbridge.spi.InvalidSettingsException.Fault;
import io.meshbridge.spi.SettingSpec;
import io.meshbridge.spi.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/**
 * Makes a {@link BridgeConfig} of what was configured, or says everything that is wrong with it.
 */
public final class ConfigLoader {
  private static final String KAFKA = "kafka.";
  private static final Pattern SERVER = Pattern.compile("\\S+:\\d{1,5}");

  private final KnownAdapters adapters;
  private final String defaultBridgeId;

  /**
   * @param adapters which kinds of mesh there are, and their settings
   * @param defaultBridgeId the name of this process, unless it is configured
   */
  public ConfigLoader(KnownAdapters adapters, String defaultBridgeId) {
    this.adapters = adapters;
    this.defaultBridgeId = defaultBridgeId;
  }

  /**
   * The configuration of a bridge that serves meshes.
   *
   * @throws InvalidConfigurationException naming every fault; no mesh at all is one
   */
  public BridgeConfig load(Config config) {
    return load(config, true);
  }

  /**
   * The configuration without its meshes, for those who only speak with the federation.
   *
   * @throws InvalidConfigurationException naming every fault outside the meshes
   */
  public BridgeConfig loadWithoutMeshes(Config config) {
    return load(config, false);
  }

  private BridgeConfig load(Config config, boolean withMeshes) {
    var keys = new ConfiguredKeys(config);
    var faults = new ArrayList<Fault>();
    var globals = globals(keys, faults);
    var kafka = kafka(keys, faults);
    List<MeshConfig> meshes = withMeshes ? meshes(keys, faults) : List.of();
    if (globals.isEmpty() || !faults.isEmpty()) {
      throw new InvalidConfigurationException(faults);
    }
    return assemble(globals.get(), kafka, meshes);
  }

  private Optional<Settings> globals(ConfiguredKeys keys, List<Fault> faults) {
    var specs = BridgeSettings.specs(adapters);
    var written = new TreeSet<>(keys.below(BridgeSettings.PREFIX));
    written.removeIf(key -> key.startsWith("meshes.") || BridgeSettings.INTERNAL.contains(key));
    var values = keys.values(BridgeSettings.PREFIX, written, specs, faults::add);
    var checked = check(BridgeSettings.PREFIX, specs, values, faults);
    // Told beside broken rules of other settings; what does not parse was told above.
    var ofTheDoor = new TreeMap<>(values);
    ofTheDoor.keySet().retainAll(ApiSettings.SPECS.stream().map(SettingSpec::key).toList());
    check(BridgeSettings.PREFIX, ApiSettings.SPECS, ofTheDoor, new ArrayList<>())
        .ifPresent(door -> ApiSettings.check(door, faults::add));
    return checked;
  }

  private static Map<String, Object> kafka(ConfiguredKeys keys, List<Fault> faults) {
    var kafka = new TreeMap<String, Object>();
    // Kafka's own keys have no dashes, so here the environment can be trusted with whole keys.
    for (String key : keys.allBelow(KAFKA)) {
      if (key.contains("\"")) {
        faults.add(quoted(key));
        continue;
      }
      var value = keys.value(KAFKA + key, faults::add);
      if (!value.isEmpty()) {
        kafka.put(key, value);
      }
    }
    var servers = keys.value(BridgeSettings.BOOTSTRAP_SERVERS, faults::add);
    if (servers.isEmpty()) {
      servers = BridgeSettings.DEFAULT_BOOTSTRAP_SERVERS;
    }
    for (String server : servers.split(",", -1)) {
      if (!SERVER.matcher(server.strip()).matches()) {
        faults.add(
            new Fault(
                BridgeSettings.BOOTSTRAP_SERVERS,
                "'" + server.strip() + "' is not host:port such as localhost:9092"));
      }
    }
    kafka.put("bootstrap.servers", servers);
    return kafka;
  }

  /** In YAML {@code bootstrap.servers: ...} is one key with a dot in it, which nobody asks for. */
  private static Fault quoted(String key) {
    var plain = key.replace("\"", "");
    return new Fault(
        KAFKA + key,
        "is not "
            + KAFKA
            + plain
            + "; in YAML write each part as a key of its own, one below the"
            + " other: "
            + plain.replace(".", ": "));
  }

  private List<MeshConfig> meshes(ConfiguredKeys keys, List<Fault> faults) {
    var ids = new MeshKeys(keys).ids();
    if (ids.isEmpty()) {
      faults.add(
          new Fault(
              "meshbridge.meshes",
              "no mesh is configured; add at least meshbridge.meshes.<id>.kind, with one of "
                  + adapters.kinds().keySet()));
    }
    var reader = new MeshReader(keys, adapters, faults);
    var meshes = new ArrayList<MeshConfig>();
    for (String id : ids) {
      reader.read(id).ifPresent(meshes::add);
    }
    return meshes;
  }

  /** Checks one level of the tree; faults get their full key. */
  static Optional<Settings> check(
      String prefix, List<SettingSpec> specs, Map<String, String> values, List<Fault> faults) {
    try {
      return Optional.of(Settings.check(specs, values));
    } catch (InvalidSettingsException invalid) {
      invalid.faults().forEach(f -> faults.add(new Fault(prefix + f.key(), f.message())));
      return Optional.empty();
    }
  }

  private BridgeConfig assemble(
      Settings globals, Map<String, Object> kafka, List<MeshConfig> meshes) {
    var templates = new TreeMap<String, String>();
    for (String kind : adapters.kinds().keySet()) {
      templates.put(kind, globals.require(BridgeSettings.NAMES + kind));
    }
    return new BridgeConfig(
        globals.require(BridgeSettings.FEDERATION),
        globals.text(BridgeSettings.BRIDGE_ID).orElse(defaultBridgeId),
        globals.duration(BridgeSettings.HEARTBEAT_INTERVAL),
        globals.duration(BridgeSettings.STALE_AFTER),
        globals.integer(BridgeSettings.PARALLELISM),
        globals.duration(BridgeSettings.INITIAL_BACKOFF),
        globals.duration(BridgeSettings.MAX_BACKOFF),
        new Damping(
            globals.integer(BridgeSettings.DAMPING_BURST),
            globals.duration(BridgeSettings.DAMPING_INTERVAL)),
        globals.integer(BridgeSettings.REWRITES),
        globals.duration(BridgeSettings.REPAIR_INTERVAL),
        new GuardSettings(
            globals.integer(BridgeSettings.GUARD_SHARE),
            globals.integer(BridgeSettings.GUARD_FLOOR),
            globals.duration(BridgeSettings.GUARD_WINDOW)),
        globals.flag(BridgeSettings.AUTOMATIC_MEMBERSHIP),
        globals.flag(BridgeSettings.CREATE_TOPICS),
        globals.text(BridgeSettings.REPLICATION_FACTOR).map(Integer::parseInt).orElse(-1),
        kafka,
        templates,
        meshes);
  }

  /** Whether a text is a DNS label, as mesh ids are. */
  static boolean isDnsLabel(String text) {
    try {
      return new MeshId(text).value().equals(text);
    } catch (IllegalArgumentException noLabel) {
      return false;
    }
  }
}
