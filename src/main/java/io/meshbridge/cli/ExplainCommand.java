package io.meshbridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshbridge.config.Adapters;
import io.meshbridge.config.BridgeConfig;
import io.meshbridge.config.MeshConfig;
import io.meshbridge.looking.UnreadableMeshException;
import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Reading;
import io.meshbridge.translation.DocumentFiles;
import io.meshbridge.translation.Explainer;
import io.meshbridge.translation.OfflineTranslation;
import io.meshbridge.translation.TranslatedService;
import io.meshbridge.translation.TranslationReport;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says of each field of one service where it comes from, where it goes, and what happens. */
@Dependent
@Unremovable
@Command(
    name = "explain",
    header = "Say of each field of a service from where, to where, and what happened to it.",
    description = {
      "With -f and --from it translates files and contacts nobody; --to is a make of mesh then.",
      "With --config it reads the meshes of a configuration, folders and live ones, each once; --to is"
          + " the id of one of them then.",
      "With --url it asks a running bridge, and --to is the id of a mesh. A bridge knows objects and"
          + " fields, but neither lines nor the fields that they became.",
      "Outcomes: kept, approximated, dropped, refused, not written. The exit code is 1 if the target"
          + " holds nothing of the service."
    },
    footer = {
      "%nExamples:",
      "  meshbridge explain shop/web --to consul -f shop --from istio",
      "  meshbridge explain web --to linkerd -f web.yaml -f routes.yaml --from istio -o json",
      "  meshbridge explain east/shop/web --to dc1 --config three-meshes.yaml",
      "  meshbridge explain east/shop/web --to dc1 --url http://127.0.0.1:8080"
    })
final class ExplainCommand implements Callable<Integer> {
  private final Adapters adapters;
  private final DocumentFiles files;
  private final Function<ConfigOptions, BridgeConfig> configuration;
  private final Terminal terminal;

  @Parameters(paramLabel = "SERVICE", description = "NAME, NAMESPACE/NAME or MESH/NAMESPACE/NAME.")
  private String service = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "KIND|MESH",
      description = "The make of mesh to translate to; with --config or --url the id of a mesh.")
  private String to = "";

  @Mixin private InputOptions input = new InputOptions();

  @Option(
      names = "--from",
      paramLabel = "KIND",
      defaultValue = "",
      description = "The make of mesh that the files are of, such as istio.")
  private String from = "";

  @Option(
      names = "--mesh",
      paramLabel = "ID",
      defaultValue = "",
      description = "The id of the mesh that the files are of. Default: the word of --from.")
  private String mesh = "";

  @Mixin private TargetOptions target = new TargetOptions();

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "",
      description = "Ask the bridge that answers there, instead of translating files.")
  private String url = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "How to print: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output = OutputFormat.TABLE;

  @Inject
  ExplainCommand(
      Adapters adapters,
      Instance<DocumentFiles> files,
      ConfigAccess configuration,
      Terminal terminal) {
    this(adapters, files.get(), configuration::whole, terminal);
  }

  ExplainCommand(
      Adapters adapters,
      DocumentFiles files,
      Function<ConfigOptions, BridgeConfig> configuration,
      Terminal terminal) {
    this.adapters = adapters;
    this.files = files;
    this.configuration = configuration;
    this.terminal = terminal;
  }

  /** A service, and who can explain it. */
  private record Found(Explainer explainer, TranslatedService service) {
    ServiceKey key() {
      return service.key();
    }
  }

  @Override
  public Integer call() throws UnreachableException, UnreadableMeshException, InterruptedException {
    var pattern = ServicePattern.parse(service);
    if (!config.files().isEmpty()) {
      return configured(pattern);
    }
    return url.isEmpty() ? offline(pattern) : live(pattern);
  }

  private int offline(ServicePattern pattern) {
    var translation = checked();
    var read = input.read(files, terminal);
    return explain(
        pattern, List.of(new Explainer(translation, read.documents())), read.diagnostics());
  }

  private int configured(ServicePattern pattern)
      throws UnreadableMeshException, InterruptedException {
    if (input.isGiven() || !from.isEmpty() || !url.isEmpty()) {
      throw new InvalidInputException("--config: give either it, or --url, or --file with --from");
    }
    if (!mesh.isEmpty() || target.isGiven()) {
      throw new InvalidInputException(
          "--mesh and the options of the target: they go with --file only; with --config the"
              + " configuration and the meshes say it");
    }
    var bridge = configuration.apply(config);
    var meshes = MeshesToLookAt.of(bridge, adapters, files, terminal);
    var target =
        meshes.read(MeshesToLookAt.require(meshes, "--to", to)).asTranslationTarget(bridge);
    var explainers = new ArrayList<Explainer>();
    var diagnostics = new ArrayList<Diagnostic>();
    for (MeshConfig origin : meshes.all()) {
      var id = origin.mesh().id().value();
      if (!id.equals(to) && (pattern.mesh().isEmpty() || pattern.mesh().equals(id))) {
        var read = meshes.read(origin);
        diagnostics.addAll(read.content().diagnostics());
        var translation = new OfflineTranslation(read.translator(), read.content().mesh(), target);
        explainers.add(new Explainer(translation, read.content().documents()));
      }
    }
    return explain(pattern, explainers, diagnostics);
  }

  private int explain(
      ServicePattern pattern, List<Explainer> explainers, List<Diagnostic> unreadable) {
    var diagnostics = new ArrayList<>(unreadable);
    explainers.forEach(each -> diagnostics.addAll(each.result().diagnostics()));
    new TranslationReport(List.of(), diagnostics).lines().forEach(terminal.err()::println);
    var found = find(pattern, explainers);
    show(ExplanationReport.of(found.explainer().explain(found.service())));
    return found.service().isWritten() ? ExitCode.OK : ExitCode.PARTLY;
  }

  private int live(ServicePattern pattern) throws UnreachableException, InterruptedException {
    if (input.isGiven() || !from.isEmpty()) {
      throw new InvalidInputException("--url: give either it, or --file with --from");
    }
    var bridge = BridgeAddress.parse(url);
    try (var http = BridgeAddress.client()) {
      var client = new BridgeClient(http, bridge);
      var key = find(pattern, client);
      var tree =
          client.one(
              "meshes",
              to,
              "imports",
              key.path("mesh").asText(),
              key.path("namespace").asText(),
              key.path("name").asText(),
              "explanation");
      show(new ExplanationReport(tree));
      return tree.path("state").asText().equals("Refused") ? ExitCode.PARTLY : ExitCode.OK;
    }
  }

  private OfflineTranslation checked() {
    var faults = new ArrayList<String>();
    var translation = target.translation(from, to, mesh, adapters, faults);
    input.check(faults);
    if (translation.isEmpty() || !faults.isEmpty()) {
      throw new InvalidInputException(faults);
    }
    return translation.get();
  }

  private static Found find(ServicePattern pattern, List<Explainer> explainers) {
    var services = new ArrayList<Found>();
    for (Explainer explainer : explainers) {
      requireReadable(pattern, explainer.result().reading());
      explainer.result().services().forEach(each -> services.add(new Found(explainer, each)));
    }
    var found = services.stream().filter(each -> pattern.matches(each.key())).toList();
    requireOne(
        pattern,
        found.stream().map(Found::key).map(ServiceKey::toString),
        services.stream().map(Found::key).map(ServiceKey::toString));
    return found.getFirst();
  }

  private static void requireReadable(ServicePattern pattern, Reading reading) {
    reading
        .unreadable()
        .forEach(
            (key, reason) -> {
              if (pattern.matches(key)) {
                throw new InvalidInputException("SERVICE: " + key + " cannot be read: " + reason);
              }
            });
  }

  private JsonNode find(ServicePattern pattern, BridgeClient client)
      throws UnreachableException, InterruptedException {
    var filters = new TreeMap<String, String>();
    filters.put("mesh", to);
    filters.put("name", pattern.name());
    if (!pattern.namespace().isEmpty()) {
      filters.put("namespace", pattern.namespace());
    }
    if (!pattern.mesh().isEmpty()) {
      filters.put("origin", pattern.mesh());
    }
    var found = client.pages("imports", filters);
    requireOne(
        pattern,
        StreamSupport.stream(found.spliterator(), false).map(ExplainCommand::text),
        Stream.of());
    return found.get(0).path("service");
  }

  private static void requireOne(
      ServicePattern pattern, Stream<String> found, Stream<String> known) {
    var all = found.toList();
    if (all.isEmpty()) {
      var others = known.limit(20).toList();
      throw new InvalidInputException(
          "SERVICE: there is no '"
              + pattern
              + "'"
              + (others.isEmpty() ? "" : "; there are " + others));
    }
    if (all.size() > 1) {
      throw new InvalidInputException(
          "SERVICE: '" + pattern + "' may be any of " + all + "; say which");
    }
  }

  private static String text(JsonNode status) {
    var key = status.path("service");
    return key.path("mesh").asText()
        + "/"
        + key.path("namespace").asText()
        + "/"
        + key.path("name").asText();
  }

  private void show(ExplanationReport report) {
    if (output == OutputFormat.TABLE) {
      report.print(terminal.out());
    } else {
      output.print(report.tree(), terminal.out());
    }
    terminal.out().flush();
  }
}
