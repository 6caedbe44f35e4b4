package io.meshbridge.cli;

import io.meshbridge.config.Adapters;
import io.meshbridge.spi.Translator.FileFormat;
import io.meshbridge.translation.DocumentFiles;
import io.meshbridge.translation.OfflineTranslation;
import io.meshbridge.translation.TranslationReport;
import io.meshbridge.translation.TranslationResult;
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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      "  meshbridge translate -f services -f routes.yaml --from istio --to consul --target-version"
          + " 1.8.7",
      "  kubectl get svc,endpointslices -A -o yaml | meshbridge translate -f - --from istio --to"
          + " consul"
    })
final class TranslateCommand implements Callable<Integer> {
  private final Adapters adapters;
  private final DocumentFiles files;
  private final Terminal terminal;

  @Mixin private InputOptions input = new InputOptions();

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

  @Mixin private TargetOptions target = new TargetOptions();

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
    var read = input.read(files, terminal);
    var result = translation.translate(read.documents());
    var diagnostics = new ArrayList<>(read.diagnostics());
    diagnostics.addAll(result.diagnostics());
    print(result, translation.format(), new TranslationReport(result.losses(), diagnostics));
    return result.isWhole() && read.isWhole() ? ExitCode.OK : ExitCode.PARTLY;
  }

  /** Tells all that is wrong with the options at once. */
  private OfflineTranslation checked() {
    var faults = new ArrayList<String>();
    var translation = target.translation(from, to, mesh, adapters, faults);
    input.check(faults);
    if (translation.isEmpty() || !faults.isEmpty()) {
      throw new InvalidInputException(faults);
    }
    return translation.get();
  }

  private void print(TranslationResult result, FileFormat format, TranslationReport findings) {
    if (!report.isEmpty()) {
      writeReport(findings);
    }
    var documents = result.documents();
    PrintWriter out = terminal.out();
    out.print(new String(files.write(documents, format), StandardCharsets.UTF_8));
    out.flush();
    var err = terminal.err();
    findings.lines().forEach(err::println);
    err.println(
        result.written()
            + " services translated into "
            + documents.size()
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
