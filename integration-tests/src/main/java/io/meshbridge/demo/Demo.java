package io.meshbridge.demo;

import io.meshbridge.it.BridgeProcess;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Shows on one machine, from nothing, that a change in a mesh reaches another one. Started by
 * {@code ./meshbridge demo}.
 */
public final class Demo {
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;
  private static final Duration NEVER = Duration.ofDays(365);

  private final DemoOptions options;
  private final PrintStream output;
  private final Report report;

  private Demo(DemoOptions options, PrintStream output, PrintStream errors) {
    this.options = options;
    this.output = output;
    // With --once, standard output belongs to the summary.
    this.report = new Report(options.once() ? errors : output);
  }

  /**
   * Runs the demo; ends the JVM.
   *
   * @param arguments see {@link DemoOptions#USAGE}
   */
  public static void main(String[] arguments) {
    var output = stream(FileDescriptor.out);
    var errors = stream(FileDescriptor.err);
    System.exit(run(List.of(arguments), output, errors));
  }

  private static int run(List<String> arguments, PrintStream output, PrintStream errors) {
    try {
      return new Demo(DemoOptions.parse(arguments), output, errors).run();
    } catch (DemoOptions.UsageException usage) {
      if (usage.faults().isEmpty()) {
        output.print(DemoOptions.USAGE);
        return OK;
      }
      errors.println(usage.faults());
      errors.print(DemoOptions.USAGE);
      return WRONG_USAGE;
    } catch (IOException failed) {
      errors.println("the demo could not be set up or cleaned up: " + failed.getMessage());
      return FAILED;
    }
  }

  private int run() throws IOException {
    try (var stage = new Stage(options)) {
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> close(stage)));
      try {
        play(stage);
        return OK;
      } catch (IOException | RuntimeException failed) {
        return failed(stage, String.valueOf(failed.getMessage()));
      } catch (InterruptedException ending) {
        Thread.currentThread().interrupt();
        return failed(stage, "interrupted");
      }
    }
  }

  private void play(Stage stage) throws IOException, InterruptedException {
    var meshes = stage.meshes();
    report.opening(stage.folder(), meshes);
    var broker = stage.broker();
    report.line("kafka", broker.bootstrapServers());
    var bridge = stage.bridge(broker, meshes);
    report.line("bridge", bridge.rest().base().toString());
    var trip = new RoundTrip(bridge);
    var after = trip.awaitFirstImports(meshes);
    report.imports(after, bridge.rest().imports(""));
    var changes = trip.run(meshes);
    report.changes(changes, stage.folder());
    if (options.once()) {
      output.println(Report.success(changes, bridge.rest().base()));
    } else {
      report.invitation(bridge.rest().base());
      stayWith(bridge);
    }
  }

  private static void stayWith(BridgeProcess bridge) throws IOException, InterruptedException {
    if (bridge.endsWithin(NEVER)) {
      throw new IOException("the bridge ended; see " + bridge.logFile());
    }
  }

  private int failed(Stage stage, String reason) {
    if (stage.isClosing()) {
      // Ctrl-C reaches the broker and the bridge too: that they end is no failure then.
      return FAILED;
    }
    stage.keepFolder();
    report.failure(reason, stage.folder());
    if (options.once()) {
      output.println(Report.failed(reason, stage.folder()));
    }
    return FAILED;
  }

  /** In the shutdown there is nobody left to handle a failure, only to read of it. */
  private static void close(Stage stage) {
    try {
      stage.close();
    } catch (IOException failed) {
      stream(FileDescriptor.err).println("not all could be cleaned up: " + failed.getMessage());
    }
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
