package io.meshbridge.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * Where the configuration is. {@link Main} has read these files by the time that the command runs;
 * the options stand here so that they are known, checked and explained.
 */
final class ConfigOptions {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description =
          "A configuration file, YAML or .properties. May be given again: later ones are"
              + " stronger. Environment variables and -D are stronger than all.")
  private List<Path> files = List.of();

  List<Path> files() {
    return List.copyOf(files);
  }
}
