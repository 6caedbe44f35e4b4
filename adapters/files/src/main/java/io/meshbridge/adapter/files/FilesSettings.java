package io.meshbridge.adapter.files;

import io.meshbridge.spi.SettingSpec;
import io.meshbridge.spi.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a folder is used as a mesh.
 *
 * @param folder the mesh
 * @param imports the folder below it that imports are written to
 * @param namespace where imports are put; the translator's default if empty
 * @param rescan the longest time after which the folder is looked at again
 * @param settle how long it must be quiet after a change before it is read
 */
record FilesSettings(
    Path folder, Path imports, String namespace, Duration rescan, Duration settle) {
  static final List<SettingSpec> SPECS =
      List.of(
          SettingSpec.required(
              "path", SettingSpec.Type.PATH, "The folder that holds the mesh's manifests."),
          SettingSpec.optional(
                  "imports",
                  SettingSpec.Type.PATH,
                  "meshbridge",
                  "The sub-folder of 'path' that imports are written to, one file per object.")
              .where(
                  FilesSettings::staysBelow,
                  "must be a sub-folder of 'path' without '..', and must not be hidden"),
          SettingSpec.optional(
              "namespace",
              SettingSpec.Type.TEXT,
              "",
              "The namespace of imports, for meshes that have namespaces."),
          SettingSpec.optional(
                  "rescan",
                  SettingSpec.Type.DURATION,
                  "2s",
                  "How often the folder is read even if no change was reported. More than 0.")
              .moreThanNothing(),
          SettingSpec.optional(
              "settle",
              SettingSpec.Type.DURATION,
              "50ms",
              "How long the folder must be quiet after a change before it is read."));

  /** Reads settings that were checked against {@link #SPECS}. */
  static FilesSettings of(Settings settings) {
    var folder = settings.path("path").orElseThrow();
    return new FilesSettings(
        folder,
        folder.resolve(settings.path("imports").orElseThrow()),
        settings.text("namespace").orElse(""),
        settings.duration("rescan"),
        settings.duration("settle"));
  }

  /** Hidden folders are not read, so what is written there would never be seen again. */
  private static boolean staysBelow(String folder) {
    var imports = Path.of(folder);
    if (imports.isAbsolute() || imports.toString().isEmpty()) {
      return false;
    }
    for (Path part : imports) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }
}
