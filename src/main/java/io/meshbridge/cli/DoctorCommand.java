package io.meshbridge.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.meshbridge.config.Adapters;
import io.meshbridge.config.BridgeConfig;
import io.meshbridge.doctor.Checks;
import io.meshbridge.doctor.Finding;
import io.meshbridge.looking.Diagnosis;
import io.meshbridge.model.Diagnostic;
import io.meshbridge.translation.DocumentFiles;
import io.meshbridge.translation.DocumentLists;
import io.meshbridge.translation.TranslationReport;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks for traps before somebody falls into them. */
@Dependent
@Unremovable
@Command(
    name = "doctor",
    header = "Look for traps in documents, in a configuration and in its meshes.",
    description = {
      "With -f and --from it looks into the documents of a mesh; with --config into a configuration"
          + " and into its meshes, folders and live ones, which it reads once. Secrets are read from"
          + " files only.",
      "Prints file:line: path: severity: what: what happens (what to do). What is looked for:"
          + " docs/doctor.md."
    },
    exitCodeList = {
      "0:nothing was found",
      "1:something was found, or could not be read",
      "2:wrong usage, configuration or input; nothing was done",
      "3:a mesh cannot be reached; the others were looked at",
      "4:an unexpected failure"
    },
    footer = {
      "%nExamples:",
      "  meshbridge doctor -f shop --from istio",
      "  kubectl get cm,gateways,destinationrules,svc -A -o yaml | meshbridge doctor -f - --from"
          + " istio",
      "  meshbridge doctor --config three-meshes.yaml"
    })
final class DoctorCommand implements Callable<Integer> {
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

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "How to print: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output = OutputFormat.TABLE;

  @Inject
  DoctorCommand(
      Adapters adapters,
      Instance<DocumentFiles> files,
      ConfigAccess configuration,
      Terminal terminal) {
    this(adapters, files.get(), configuration::whole, terminal);
  }

  DoctorCommand(
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
  public Integer call() throws InterruptedException {
    boolean configured = !config.files().isEmpty();
    if (configured == (input.isGiven() || !from.isEmpty())) {
      throw new InvalidInputException("give either --file and --from, or --config");
    }
    var report = configured ? ofConfiguration() : ofFiles();
    print(report);
    if (!report.unreached().isEmpty()) {
      return ExitCode.UNREACHABLE;
    }
    return report.findings().isEmpty() && report.unreadable().isEmpty()
        ? ExitCode.OK
        : ExitCode.PARTLY;
  }

  private Diagnosis ofFiles() {
    var faults = new ArrayList<String>();
    if (adapters.find(from).isEmpty()) {
      faults.add("--from: '" + from + "' is no known kind of mesh; known are " + adapters.kinds());
    }
    input.check(faults);
    if (!faults.isEmpty()) {
      throw new InvalidInputException(faults);
    }
    var read = input.read(files, terminal);
    var findings = Checks.look(from, DocumentLists.expand(read.documents()));
    return new Diagnosis(findings, read.diagnostics(), List.of());
  }

  private Diagnosis ofConfiguration() throws InterruptedException {
    var bridge = configuration.apply(config);
    return Diagnosis.of(MeshesToLookAt.of(bridge, adapters, files, terminal));
  }

  private void print(Diagnosis report) {
    report.unreached().forEach(terminal.err()::println);
    var all = new ArrayList<>(report.unreadable());
    report.findings().stream().map(Finding::told).forEach(all::add);
    if (output == OutputFormat.TABLE) {
      new TranslationReport(List.of(), all).lines().forEach(terminal.out()::println);
      terminal.err().println(report.findings().size() + " traps found.");
    } else {
      output.print(tree(report), terminal.out());
    }
    terminal.out().flush();
    terminal.err().flush();
  }

  private static ArrayNode tree(Diagnosis report) {
    var tree = JsonNodeFactory.instance.arrayNode();
    for (Diagnostic fault : report.unreadable()) {
      tree.addObject()
          .put("trap", "")
          .put("severity", word(fault))
          .put("file", fault.location().file())
          .put("line", fault.location().line())
          .put("path", fault.path())
          .put("what", fault.message())
          .put("danger", "")
          .put("advice", "");
    }
    for (Finding finding : report.findings()) {
      tree.addObject()
          .put("trap", finding.trap().id())
          .put("severity", word(finding.told()))
          .put("file", finding.location().file())
          .put("line", finding.location().line())
          .put("path", finding.path())
          .put("what", finding.what())
          .put("danger", finding.trap().danger())
          .put("advice", finding.trap().advice());
    }
    return tree;
  }

  private static String word(Diagnostic diagnostic) {
    return diagnostic.severity().name().toLowerCase(Locale.ROOT);
  }
}
