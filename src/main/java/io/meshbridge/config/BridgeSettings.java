package io.meshbridge.config;

import static io.meshbridge.spi.SettingSpec.Type.BOOLEAN;
import static io.meshbridge.spi.SettingSpec.Type.DURATION;
import static io.meshbridge.spi.SettingSpec.Type.INTEGER;
import static io.meshbridge.spi.SettingSpec.Type.TEXT;
import static io.meshbridge.spi.SettingSpec.optional;
import static io.meshbridge.spi.SettingSpec.required;

import io.meshbridge.guard.GuardSettings;
import io.meshbridge.importing.Damping;
import io.meshbridge.spi.SettingRule;
import io.meshbridge.spi.SettingSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The settings of the bridge itself. */
final class BridgeSettings {
  /** What stands before all of them. */
  static final String PREFIX = "meshbridge.";

  /** Where the brokers are; not below our prefix, since SmallRye's channels read the same key. */
  static final String BOOTSTRAP_SERVERS = "kafka.bootstrap.servers";

  static final String DEFAULT_BOOTSTRAP_SERVERS = "localhost:9092";

  static final String FEDERATION = "federation";
  static final String BRIDGE_ID = "bridge-id";
  static final String MESH_IDS = "mesh-ids";
  static final String REPLICATION_FACTOR = "kafka.replication-factor";
  static final String CREATE_TOPICS = "kafka.create-topics";
  static final String AUTOMATIC_MEMBERSHIP = "membership.automatic";
  static final String HEARTBEAT_INTERVAL = "heartbeat.interval";
  static final String STALE_AFTER = "heartbeat.stale-after";
  static final String PARALLELISM = "importing.parallelism";
  static final String INITIAL_BACKOFF = "importing.backoff.initial";
  static final String MAX_BACKOFF = "importing.backoff.max";
  static final String DAMPING_BURST = "importing.damping.burst";
  static final String DAMPING_INTERVAL = "importing.damping.interval";
  static final String REWRITES = "importing.rewrites-per-second";
  static final String REPAIR_INTERVAL = "importing.repair-interval";
  static final String GUARD_SHARE = "guard.share";
  static final String GUARD_FLOOR = "guard.floor";
  static final String GUARD_WINDOW = "guard.window";
  static final String NAMES = "importing.names.";

  /** Keys that the launcher and the commands set for themselves; nobody else should. */
  static final Set<String> INTERNAL =
      Set.of("messaging.enabled", "terminal.in", "terminal.err", ConfigFiles.LOCATIONS_KEY);

  private BridgeSettings() {}

  /** All of them; the name templates depend on which kinds there are. */
  static List<SettingSpec> specs(KnownAdapters adapters) {
    var specs = new ArrayList<SettingSpec>();
    specs.add(
        required(
                FEDERATION,
                TEXT,
                "The federation's id, a DNS label. It becomes part of topic names and of the marks"
                    + " on every object that is written.")
            .where(
                ConfigLoader::isDnsLabel,
                "is not a DNS label (a-z, 0-9, '-', at most 63 characters)"));
    specs.add(
        optional(
            BRIDGE_ID,
            TEXT,
            "",
            "The name of this process in heartbeats; the host's name and the process id if not"
                + " given."));
    specs.add(
        optional(
            MESH_IDS,
            TEXT,
            "",
            "Ids of meshes, separated by commas. Only needed when a mesh is configured by"
                + " environment variables alone, whose names do not tell where an id ends."));
    specs.add(
        optional(
                REPLICATION_FACTOR,
                INTEGER,
                "",
                "The replication factor of topics that are created, 1 or more; the brokers' default"
                    + " if not given.")
            .atLeast("1"));
    specs.add(
        optional(
            CREATE_TOPICS,
            BOOLEAN,
            "true",
            "Whether topics that are missing are created. A topic with wrong settings is refused"
                + " either way."));
    specs.add(
        optional(
            AUTOMATIC_MEMBERSHIP,
            BOOLEAN,
            "false",
            "Whether a mesh that is served makes itself a member. For development; otherwise the"
                + " federation's operators add members."));
    specs.add(
        optional(
                HEARTBEAT_INTERVAL, DURATION, "5s", "How often each led mesh gives a sign of life.")
            .moreThanNothing());
    specs.add(
        optional(
                STALE_AFTER,
                DURATION,
                "20s",
                "For how long a mesh may be silent before its imports are stale; more than the"
                    + " interval. Stale imports are kept.")
            .where(ordered(STALE_AFTER, HEARTBEAT_INTERVAL, 1, "more than")));
    specs.add(
        optional(
                PARALLELISM,
                INTEGER,
                "8",
                "How many imports are written at once into one mesh, 1 or more.")
            .atLeast("1"));
    specs.add(
        optional(
                INITIAL_BACKOFF,
                DURATION,
                "200ms",
                "The pause before a failed write is tried again for the first time; it doubles from"
                    + " there.")
            .moreThanNothing());
    specs.add(
        optional(MAX_BACKOFF, DURATION, "30s", "The longest such pause.")
            .where(ordered(MAX_BACKOFF, INITIAL_BACKOFF, 0, "at least")));
    specs.add(
        optional(
                DAMPING_BURST,
                INTEGER,
                String.valueOf(Damping.USUAL.burst()),
                "How many changes of one import are written at once. After that many it gets one"
                    + " more per interval, always to its newest state.")
            .within("1", "1000000"));
    specs.add(
        optional(
            DAMPING_INTERVAL,
            DURATION,
            Damping.USUAL.interval().toSeconds() + "s",
            "How long one change of an import takes to be forgiven; 0s damps nothing."));
    specs.add(
        optional(
                REWRITES,
                INTEGER,
                "100",
                "How many imports of a mesh may be rewritten per second although no change of them"
                    + " was heard of, such as all of them after an upgrade that says something in"
                    + " other words. Changes do not wait for these.")
            .within("1", "1000000"));
    specs.add(
        optional(
                REPAIR_INTERVAL,
                DURATION,
                "60s",
                "How often every import is compared again with its target and repaired.")
            .moreThanNothing());
    specs.add(
        optional(
                GUARD_SHARE,
                INTEGER,
                String.valueOf(GuardSettings.USUAL.sharePercent()),
                "The share of a mesh's services, in percent, that may go within the guard's window."
                    + " More are held, at the exporter and at each importer, until 'meshbridge"
                    + " confirm' or until they are back; 100 holds nothing.")
            .within("1", "100"));
    specs.add(
        optional(
                GUARD_FLOOR,
                INTEGER,
                String.valueOf(GuardSettings.USUAL.floor()),
                "So many services may always go within the guard's window, whatever their share.")
            .within("0", "1000000"));
    specs.add(
        optional(
                GUARD_WINDOW,
                DURATION,
                GuardSettings.USUAL.window().toMinutes() + "m",
                "The time within which the guard counts what goes.")
            .moreThanNothing());
    adapters
        .kinds()
        .forEach(
            (kind, about) ->
                specs.add(
                    optional(
                            NAMES + kind,
                            TEXT,
                            about.nameTemplate(),
                            "The name that an import gets in a mesh of kind "
                                + kind
                                + ". Variables: "
                                + NameTemplate.VARIABLES
                                + ". Must hold {service}, and {mesh} or {suffix}.")
                        .where((template, all) -> NameTemplate.faultOf(template))));
    specs.addAll(ApiSettings.SPECS);
    return List.copyOf(specs);
  }

  private static SettingRule ordered(String greater, String lesser, int leastOrder, String words) {
    return (value, all) ->
        all.text(lesser)
            .filter(ignored -> all.duration(greater).compareTo(all.duration(lesser)) < leastOrder)
            .map(
                other ->
                    "'%s' must be %s %s, which is %s"
                        .formatted(value, words, PREFIX + lesser, other));
  }
}
