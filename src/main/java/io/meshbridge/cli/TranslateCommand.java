package io.meshbridge.cli;

import io.meshbridge.config.Adapters;
import io.meshbridge.model.Diagnostic.Severity;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.NameSyntax;
import io.meshbridge.spi.MeshAdapter;
import io.meshbridge.spi.Translator.WriteContext;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Translates files from one make of mesh to another, contacting nobody. */
@Dependent
@Unremovable
@Command(
    name = "translate",
    header = "Translate files from one make of mesh to another; contact nobody.",
    description = {
      "Prints the target's documents on standard output, and what they could not say on standard"
          + " error: file:line: path: outcome: reason (advice).",
      "All services are translated, marked for export or not. What must not or cannot be said"
          + " rightly is refused, and the exit code is 1."
    },
    footer = {
      "%nExamples:",
      "  meshbridge translate -f examples/bookshop/istio --from istio --to consul",
      "  meshbridge translate -f services.json --from consul --to istio --report losses.json",
      "  kubectl get svc,endpointslices -A -o yaml | meshbridge translate -f - --from istio --to"
          + " consul"
    })
final class TranslateCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  private final Adapters adapters;
  private final DocumentFiles files;
  private final Terminal terminal;

  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "FILE|DIR|-",
      description = "What to translate: a file, a folder with all below it, or standard input.")
  private String file = "";

  @Option(
      names = "--from",
      required = true,
      paramLabel = "KIND",
      description = "The make of mesh that the files are of, such as istio.")
  private String from = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "KIND",
      description = "The make of mesh to translate to, such as consul.")
  private String to = "";

  @Option(
      names = "--mesh",
      paramLabel = "ID",
      defaultValue = "",
      description = "The id of the mesh that the files are of. Default: the word of --from.")
  private String mesh = "";

  @Option(
      names = "--target-mesh",
      paramLabel = "ID",
      defaultValue = "",
      description = "The id of the mesh to translate to. Default: the word of --to.")
  private String targetMesh = "";

  @Option(
      names = "--namespace",
      paramLabel = "NS",
      defaultValue = "",
      description = "Where imports are put. Default: the target's own choice.")
  private String namespace = "";

  @Option(
      names = "--federation",
      paramLabel = "ID",
      defaultValue = "offline",
      description = "The federation in the marks of ownership. Default: ${DEFAULT-VALUE}.")
  private String federation = "";

  @Option(
      names = "--report",
      paramLabel = "FILE",
      defaultValue = "",
      description = "Where to write losses and diagnostics as JSON.")
  private String report = "";

  @Inject
  TranslateCommand(Adapters adapters, Instance<DocumentFiles> files, Terminal terminal) {
    this(adapters, files.get(), terminal);
  }

  TranslateCommand(Adapters adapters, DocumentFiles files, Terminal terminal) {
    this.adapters = adapters;
    this.files = files;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var translation = checked();
    var progress = new ProgressBar(terminal);
    var read =
        file.equals(STANDARD_INPUT)
            ? files.read(STANDARD_INPUT, terminal.in())
            : files.read(Path.of(file), progress);
    progress.clear();
    var result = translation.translate(read.documents());
    var diagnostics = new ArrayList<>(read.diagnostics());
    diagnostics.addAll(result.diagnostics());
    var findings = new TranslationReport(result.losses(), diagnostics);
    print(result, findings);
    return result.isWhole() && readable(read) ? ExitCode.OK : ExitCode.PARTLY;
  }

  private static boolean readable(DocumentFiles.Read read) {
    return read.diagnostics().stream().noneMatch(d -> d.severity() == Severity.ERROR);
  }

  /** Tells all that is wrong with the options at once. */
  private OfflineTranslation checked() {
    var faults = new ArrayList<String>();
    var source = adapter("--from", from, faults);
    var target = adapter("--to", to, faults);
    var sourceMesh = mesh.isEmpty() ? from : mesh;
    var otherMesh = targetMesh.isEmpty() ? to : targetMesh;
    requireLabel("--mesh", sourceMesh, faults);
    requireLabel("--target-mesh", otherMesh, faults);
    requireLabel("--federation", federation, faults);
    if (sourceMesh.equals(otherMesh)) {
      faults.add(
          "--mesh and --target-mesh: both are '" + sourceMesh + "'; give them different ids");
    }
    if (!file.equals(STANDARD_INPUT) && !Files.exists(Path.of(file))) {
      faults.add("--file: '" + file + "' does not exist");
    }
    if (!faults.isEmpty()) {
      throw new InvalidInputException(faults);
    }
    return new OfflineTranslation(
        source.getFirst(),
        target.getFirst(),
        new MeshId(sourceMesh),
        new WriteContext(federation, new MeshId(otherMesh), namespace));
  }

  private List<MeshAdapter> adapter(String option, String kind, List<String> faults) {
    var found = adapters.find(kind).stream().toList();
    if (found.isEmpty()) {
      faults.add(
          option + ": '" + kind + "' is no known kind of mesh; known are " + adapters.kinds());
    }
    return found;
  }

  private static void requireLabel(String option, String value, List<String> faults) {
    if (!NameSyntax.DNS_LABEL.accepts(value)) {
      faults.add(option + ": '" + value + "' is not a DNS label (a-z, 0-9, '-')");
    }
  }

  private void print(OfflineTranslation.Result result, TranslationReport findings) {
    if (!report.isEmpty()) {
      writeReport(findings);
    }
    var format = adapters.find(to).map(adapter -> adapter.translator().fileFormat()).orElseThrow();
    PrintWriter out = terminal.out();
    out.print(new String(files.write(result.documents(), format), StandardCharsets.UTF_8));
    out.flush();
    var err = terminal.err();
    findings.lines().forEach(err::println);
    err.println(
        result.services()
            + " services translated into "
            + result.documents().size()
            + " documents; "
            + findings.losses().size()
            + " losses, "
            + findings.diagnostics().size()
            + " diagnostics.");
    err.flush();
  }

  private void writeReport(TranslationReport findings) {
    try (var writer = new PrintWriter(Files.newBufferedWriter(Path.of(report)))) {
      OutputFormat.JSON.print(findings.tree(), writer);
    } catch (IOException unwritable) {
      throw new InvalidInputException(
          "--report: '" + report + "' cannot be written: " + unwritable.getMessage());
    }
  }
}
