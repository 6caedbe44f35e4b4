package io.meshbridge.cli;

import io.meshbridge.config.Adapters;
import io.meshbridge.config.BridgeConfig;
import io.meshbridge.looking.BridgeChanges;
import io.meshbridge.looking.DiffPrinter;
import io.meshbridge.looking.PlannedChanges;
import io.meshbridge.looking.UnreadableMeshException;
import io.meshbridge.translation.DocumentFiles;
import io.meshbridge.translation.OfflineTranslation;
import io.meshbridge.translation.TranslationReport;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a translation or a bridge would change, without changing anything. */
@Dependent
@Unremovable
@Command(
    name = "diff",
    header = "Show what a translation or a bridge would change; change nothing.",
    description = {
      "With -f it translates files and compares with what stands in a folder, a file, or a running"
          + " cluster's dump on standard input (--against).",
      "With --config it reads all meshes of a configuration, folders and live ones, each once, and"
          + " shows what the bridge would change in one of them (--mesh). It writes to none, and"
          + " reads no log.",
      "Exit code 0: nothing would change. 1: something would, or is in conflict. 2 and above: it"
          + " cannot be said."
    },
    exitCodeList = {
      "0:nothing would change",
      "1:something would change, or is in conflict",
      "2:wrong usage, configuration or input: the answer would not be whole",
      "3:a mesh cannot be reached: the answer would not be whole",
      "4:an unexpected failure"
    },
    footer = {
      "%nExamples:",
      "  meshbridge diff -f shop --from istio --to consul --against translated.json",
      "  kubectl get serviceentries -A -o yaml | meshbridge diff -f consul --from consul --to istio"
          + " --against -",
      "  meshbridge diff --config three-meshes.yaml --mesh east --side-by-side"
    })
final class DiffCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";
  private static final int NARROWEST = 20;

  private final Adapters adapters;
  private final DocumentFiles files;
  private final Function<ConfigOptions, BridgeConfig> configuration;
  private final Terminal terminal;

  @Mixin private InputOptions input = new InputOptions();

  @Option(
      names = "--from",
      paramLabel = "KIND",
      defaultValue = "",
      description = "The make of mesh that the files are of, such as istio.")
  private String from = "";

  @Option(
      names = "--to",
      paramLabel = "KIND",
      defaultValue = "",
      description = "The make of mesh to translate to, such as consul.")
  private String to = "";

  @Option(
      names = "--against",
      paramLabel = "FILE|DIR|-",
      defaultValue = "",
      description = "What stands in the target.")
  private String against = "";

  @Option(
      names = "--mesh",
      paramLabel = "ID",
      defaultValue = "",
      description =
          "With --config: the mesh in which something would change. With -f: the id of the mesh"
              + " that the files are of. Default: the word of --from.")
  private String mesh = "";

  @Mixin private TargetOptions target = new TargetOptions();

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(names = "--side-by-side", description = "Show both states beside each other.")
  private boolean sideBySide;

  @Option(
      names = "--width",
      paramLabel = "COLUMNS",
      defaultValue = "130",
      description = "How wide that is. Default: ${DEFAULT-VALUE}.")
  private int width = 130;

  @Inject
  DiffCommand(
      Adapters adapters,
      Instance<DocumentFiles> files,
      ConfigAccess configuration,
      Terminal terminal) {
    this(adapters, files.get(), configuration::whole, terminal);
  }

  DiffCommand(
      Adapters adapters,
      DocumentFiles files,
      Function<ConfigOptions, BridgeConfig> configuration,
      Terminal terminal) {
    this.adapters = adapters;
    this.files = files;
    this.configuration = configuration;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws UnreadableMeshException, InterruptedException {
    if (width < NARROWEST) {
      throw new InvalidInputException("--width: '" + width + "' is less than " + NARROWEST);
    }
    boolean configured = !config.files().isEmpty();
    if (configured == input.isGiven()) {
      throw new InvalidInputException("give either --file and --against, or --config and --mesh");
    }
    return configured ? ofConfiguration() : ofFiles();
  }

  private int ofFiles() {
    var translation = checked();
    var read = input.read(files, terminal);
    var standing = standing();
    var result = translation.translate(read.documents());
    var diagnostics = new ArrayList<>(read.diagnostics());
    diagnostics.addAll(standing.diagnostics());
    diagnostics.addAll(result.diagnostics());
    boolean whole = read.isWhole() && standing.isWhole() && result.isReadable();
    var changes = translation.changes(result, standing.documents(), whole);
    return show(
        new PlannedChanges(
            changes,
            translation.format(),
            new TranslationReport(result.losses(), diagnostics),
            whole,
            List.of()));
  }

  private int ofConfiguration() throws UnreadableMeshException, InterruptedException {
    var bridge = configuration.apply(config);
    if (!from.isEmpty() || !to.isEmpty() || !against.isEmpty() || target.isGiven()) {
      throw new InvalidInputException(
          "--from, --to, --against and the options of the target: they go with --file only");
    }
    var meshes = MeshesToLookAt.of(bridge, adapters, files, terminal);
    return show(BridgeChanges.of(meshes, MeshesToLookAt.require(meshes, "--mesh", mesh)));
  }

  /** Tells all that is wrong with the options at once. */
  private OfflineTranslation checked() {
    var faults = new ArrayList<String>();
    var translation = target.translation(from, to, mesh, adapters, faults);
    input.check(faults);
    if (against.isEmpty()) {
      faults.add("--against: is missing; name a file, a folder, or '-' for standard input");
    } else if (!against.equals(STANDARD_INPUT) && !Files.exists(Path.of(against))) {
      faults.add("--against: '" + against + "' does not exist");
    } else if (against.equals(STANDARD_INPUT) && input.takesStandardInput()) {
      faults.add("--against and --file: standard input can be read only once");
    }
    if (translation.isEmpty() || !faults.isEmpty()) {
      throw new InvalidInputException(faults);
    }
    return translation.get();
  }

  private DocumentFiles.Read standing() {
    return against.equals(STANDARD_INPUT)
        ? files.read(STANDARD_INPUT, terminal.in())
        : files.read(Path.of(against), DocumentFiles.Progress.SILENT);
  }

  private int show(PlannedChanges planned) {
    planned.unreached().forEach(terminal.err()::println);
    planned.findings().lines().forEach(terminal.err()::println);
    var printer = sideBySide ? new DiffPrinter.SideBySide(width) : new DiffPrinter.Unified();
    new ChangesReport(files, planned.format(), printer, terminal).print(planned.changes());
    if (!planned.unreached().isEmpty()) {
      terminal.err().println("Some meshes cannot be reached: this is not all.");
      return ExitCode.UNREACHABLE;
    }
    if (!planned.whole()) {
      terminal.err().println("Some of the input cannot be read: this is not all.");
      return ExitCode.INVALID;
    }
    return planned.changes().changes().isEmpty() ? ExitCode.OK : ExitCode.PARTLY;
  }
}
