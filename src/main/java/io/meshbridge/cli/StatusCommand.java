package io.meshbridge.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.meshbridge.concurrent.Threads;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what a running bridge knows of the federation. */
@Dependent
@Unremovable
@Command(
    name = "status",
    header = "Show meshes, exports and imports, as a running bridge knows them.",
    footer = {
      "%nExamples:",
      "  meshbridge status",
      "  meshbridge status --mesh east --state Conflict",
      "  meshbridge status --url http://bridge.example:8080 -o json",
      "  meshbridge status --watch"
    })
final class StatusCommand implements Callable<Integer> {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
  private static final String CLEAR_SCREEN = "\u001b[H\u001b[2J";

  private final Terminal terminal;
  private final Clock clock;
  private final Pause pause;

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description = "Where the bridge answers. Default: ${DEFAULT-VALUE}.")
  private String url = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "How to print: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output = OutputFormat.TABLE;

  @Option(names = "--watch", description = "Look again every 2 seconds until told to end.")
  private boolean watch;

  @Option(
      names = "--mesh",
      paramLabel = "ID",
      defaultValue = "",
      description = "Only this mesh: itself, what it exports, and what it imports.")
  private String mesh = "";

  @Option(
      names = "--state",
      paramLabel = "STATE",
      defaultValue = "",
      description = "Only imports in this state, such as Applied, Conflict or Stale.")
  private String state = "";

  @Inject
  StatusCommand(Terminal terminal) {
    this(terminal, Clock.systemUTC(), Threads::pause);
  }

  StatusCommand(Terminal terminal, Clock clock, Pause pause) {
    this.terminal = terminal;
    this.clock = clock;
    this.pause = pause;
  }

  @Override
  public Integer call() throws UnreachableException, InterruptedException {
    var bridge = BridgeAddress.parse(url);
    try (var http = BridgeAddress.client()) {
      var client = new BridgeClient(http, bridge);
      if (!watch) {
        show(look(client));
        return ExitCode.OK;
      }
      return watch(client);
    }
  }

  /** A bridge that goes away while one watches may come back: that is what one watches for. */
  private int watch(BridgeClient client) throws InterruptedException {
    while (true) {
      try {
        var report = look(client);
        if (terminal.shows() && output == OutputFormat.TABLE) {
          terminal.out().print(CLEAR_SCREEN);
        }
        show(report);
      } catch (UnreachableException away) {
        terminal.err().println(away.getMessage());
      }
      pause.await(BETWEEN_LOOKS);
    }
  }

  private StatusReport look(BridgeClient client) throws UnreachableException, InterruptedException {
    var filters = new TreeMap<String, String>();
    if (!state.isEmpty()) {
      filters.put("state", state);
    }
    Map<String, String> ofMesh = mesh.isEmpty() ? Map.of() : Map.of("mesh", mesh);
    filters.putAll(ofMesh);
    return new StatusReport(
        meshes(client.list("meshes")),
        client.pages("services", ofMesh),
        client.pages("imports", filters));
  }

  private ArrayNode meshes(ArrayNode all) {
    var wanted = JsonNodeFactory.instance.arrayNode();
    for (var each : all) {
      if (mesh.isEmpty() || each.path("id").asText().equals(mesh)) {
        wanted.add(each);
      }
    }
    return wanted;
  }

  private void show(StatusReport report) {
    if (output == OutputFormat.TABLE) {
      report.print(clock.instant(), terminal.out());
    } else {
      output.print(report.tree(), terminal.out());
    }
    terminal.out().flush();
  }
}
