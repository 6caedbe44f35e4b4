package io.meshbridge.config;

import io.meshbridge.importing.ImportRules;
import io.meshbridge.importing.ImportRules.NamespaceRule;
import io.meshbridge.importing.ServiceGlob;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.spi.InvalidSettingsException.Fault;
import io.meshbridge.spi.SettingSpec;
import io.meshbridge.spi.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads and checks the settings of one mesh after the other. */
final class MeshReader {
  private final ConfiguredKeys keys;
  private final KnownAdapters adapters;
  private final List<Fault> faults;

  MeshReader(ConfiguredKeys keys, KnownAdapters adapters, List<Fault> faults) {
    this.keys = keys;
    this.adapters = adapters;
    this.faults = faults;
  }

  /** The mesh of this id, or nothing and at least one fault more. */
  Optional<MeshConfig> read(String id) {
    var prefix = MeshSettings.PREFIX + id + ".";
    boolean isLabel = ConfigLoader.isDnsLabel(id);
    if (!isLabel) {
      add(
          MeshSettings.PREFIX + id,
          "'" + id + "' is no mesh id: it must be a DNS label (a-z, 0-9, '-', at most 63)");
    }
    var common = common(prefix);
    var backend = backend(prefix, rawValue(prefix, MeshSettings.BACKEND));
    var kind = kind(prefix, rawValue(prefix, MeshSettings.KIND));
    var specs = backend.flatMap(found -> specs(kind, found));
    var own = specs.flatMap(found -> own(prefix, found));
    var rules =
        new ImportRules(
            list(prefix, MeshSettings.IMPORTS_ONLY, common, ServiceGlob::parse),
            list(prefix, MeshSettings.IMPORTS_EXCEPT, common, ServiceGlob::parse),
            list(prefix, MeshSettings.IMPORTS_NAMESPACES, common, NamespaceRule::parse));
    requireNamespaces(prefix, kind, rules);
    if (!isLabel || common.isEmpty() || backend.isEmpty() || kind.isEmpty() || own.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(mesh(id, kind.get(), backend.get(), rules, common.get(), own.get()));
  }

  private Optional<Settings> common(String prefix) {
    var written = new TreeSet<>(keys.below(prefix));
    written.removeIf(key -> key.startsWith(MeshSettings.OWN));
    var values = keys.values(prefix, written, MeshSettings.SPECS, faults::add);
    return ConfigLoader.check(prefix, MeshSettings.SPECS, values, faults);
  }

  /** The items of one key; those that cannot be read are faults. */
  private <T> List<T> list(
      String prefix, String key, Optional<Settings> common, Function<String, T> item) {
    var items = new ArrayList<T>();
    for (String text : common.flatMap(all -> all.text(key)).orElse("").split(",", -1)) {
      if (!text.isBlank()) {
        try {
          items.add(item.apply(text.strip()));
        } catch (IllegalArgumentException unreadable) {
          add(prefix + key, String.valueOf(unreadable.getMessage()));
        }
      }
    }
    return items;
  }

  private void requireNamespaces(String prefix, Optional<String> kind, ImportRules rules) {
    boolean hasNone =
        kind.map(word -> adapters.kinds().get(word))
            .filter(one -> !one.hasNamespaces())
            .isPresent();
    if (hasNone && !rules.namespaces().isEmpty()) {
      add(
          prefix + MeshSettings.IMPORTS_NAMESPACES,
          "a mesh of kind " + kind.get() + " has no namespaces to import into; remove the key");
    }
  }

  private Optional<Settings> own(String prefix, List<SettingSpec> specs) {
    var ownPrefix = prefix + MeshSettings.OWN;
    var values = keys.values(ownPrefix, keys.below(ownPrefix), specs, faults::add);
    return ConfigLoader.check(ownPrefix, specs, values, faults);
  }

  private Optional<List<SettingSpec>> specs(Optional<String> kind, MeshConfig.Backend backend) {
    return switch (backend) {
      case FILES -> Optional.of(adapters.files());
      case LIVE ->
          kind.flatMap(name -> Optional.ofNullable(adapters.kinds().get(name)))
              .map(KnownAdapters.Kind::settings);
    };
  }

  private Optional<String> kind(String prefix, String word) {
    // A kind that is missing was told with the common settings.
    if (word.isEmpty() || adapters.kinds().containsKey(word)) {
      return Optional.of(word).filter(found -> !found.isEmpty());
    }
    add(
        prefix + MeshSettings.KIND,
        "'" + word + "' is no known kind of mesh; known are " + adapters.kinds().keySet());
    return Optional.empty();
  }

  private Optional<MeshConfig.Backend> backend(String prefix, String word) {
    if (word.isEmpty()) {
      return Optional.of(MeshConfig.Backend.LIVE);
    }
    var known = Arrays.asList(MeshConfig.Backend.values());
    var found = known.stream().filter(backend -> backend.word().equals(word)).findFirst();
    if (found.isEmpty()) {
      add(
          prefix + MeshSettings.BACKEND,
          "'"
              + word
              + "' is no known backend; known are "
              + known.stream().map(MeshConfig.Backend::word).toList());
    }
    return found;
  }

  /** A value that cannot be resolved has been told with the common settings. */
  private String rawValue(String prefix, String key) {
    return keys.value(prefix + key, toldBefore -> {});
  }

  private static MeshConfig mesh(
      String id,
      String kind,
      MeshConfig.Backend backend,
      ImportRules rules,
      Settings common,
      Settings own) {
    var descriptor =
        new MeshDescriptor(
            new MeshId(id),
            kind,
            "",
            common.text(MeshSettings.TRUST_DOMAIN).orElse(""),
            common.text(MeshSettings.NETWORK).orElse(""));
    return new MeshConfig(
        descriptor,
        backend,
        common.flag(MeshSettings.TRANSIT),
        common.flag(MeshSettings.INGRESS),
        common.flag(MeshSettings.OBSERVED),
        rules,
        own);
  }

  private void add(String key, String message) {
    faults.add(new Fault(key, message));
  }
}
