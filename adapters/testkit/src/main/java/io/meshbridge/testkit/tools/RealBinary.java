package io.meshbridge.testkit.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/**
 * The command line of a real program for tests, wherever it can be had without changing this
 * machine: named by the environment, on the path, in a container, or from Debian's archive.
 *
 * @param command what to start; arguments are appended
 * @param origin where it was found, for people
 */
public record RealBinary(List<String> command, String origin) {
  private static final System.Logger LOG = System.getLogger(RealBinary.class.getName());

  /**
   * What to look for.
   *
   * @param program the program's name, such as {@code consul}
   * @param image the container image that runs it; empty if it needs files of this machine
   * @param debianPackage the Debian package that holds it
   * @param debianRelease the release of Debian that still has that package
   * @param pathInPackage where the program lies in the package, without a leading slash
   */
  public record Wanted(
      String program,
      String image,
      String debianPackage,
      String debianRelease,
      String pathInPackage) {
    /** The environment variable that names the program: {@code MESHBRIDGE_TEST_<PROGRAM>}. */
    public String variable() {
      return "MESHBRIDGE_TEST_" + program.toUpperCase(Locale.ROOT);
    }
  }

  /** Copies. */
  public RealBinary {
    command = List.copyOf(command);
  }

  /**
   * Finds it; says which it took.
   *
   * @throws TestAbortedException if there is none: the calling test counts as skipped
   * @throws IllegalStateException if there is none and the environment says {@code CI=true}, or if
   *     the environment names something that cannot be run
   */
  public static RealBinary find(Wanted wanted) {
    var tried = new ArrayList<String>();
    var found =
        named(wanted, tried)
            .or(() -> onPath(wanted, tried))
            .or(() -> inContainer(wanted, tried))
            .or(() -> fromDebian(wanted, tried));
    if (found.isEmpty()) {
      var message = "no real " + wanted.program() + " for this test; tried: " + tried;
      if ("true".equals(System.getenv("CI"))) {
        throw new IllegalStateException(message);
      }
      throw new TestAbortedException(message);
    }
    LOG.log(
        System.Logger.Level.INFO,
        "real program taken program={0} origin={1}",
        wanted.program(),
        found.get().origin());
    return found.get();
  }

  private static Optional<RealBinary> named(Wanted wanted, List<String> tried) {
    var value = System.getenv(wanted.variable());
    if (value == null || value.isBlank()) {
      tried.add(wanted.variable() + " is not set");
      return Optional.empty();
    }
    if (!Files.isExecutable(Path.of(value))) {
      throw new IllegalStateException(
          wanted.variable() + " names '" + value + "', which cannot be run");
    }
    return Optional.of(new RealBinary(List.of(value), wanted.variable()));
  }

  private static Optional<RealBinary> onPath(Wanted wanted, List<String> tried) {
    var found = Programs.onPath(wanted.program());
    if (found.isEmpty()) {
      tried.add("not on the path");
    }
    return found.map(path -> new RealBinary(List.of(path.toString()), "path: " + path));
  }

  private static Optional<RealBinary> inContainer(Wanted wanted, List<String> tried) {
    if (wanted.image().isEmpty()) {
      return Optional.empty();
    }
    for (String engine : List.of("docker", "podman")) {
      // A client without its daemon is common; "info" asks the daemon.
      if (Programs.onPath(engine).isPresent() && Programs.succeeds(List.of(engine, "info"))) {
        return Optional.of(
            new RealBinary(
                List.of(
                    engine,
                    "run",
                    "--rm",
                    "--init",
                    "--network",
                    "host",
                    wanted.image(),
                    wanted.program()),
                engine + ": " + wanted.image()));
      }
    }
    tried.add("no container engine answers");
    return Optional.empty();
  }

  private static Optional<RealBinary> fromDebian(Wanted wanted, List<String> tried) {
    try {
      var path = new DebianArchive().program(wanted);
      return Optional.of(
          new RealBinary(List.of(path.toString()), "Debian " + wanted.debianRelease()));
    } catch (IOException unavailable) {
      tried.add("Debian's archive: " + unavailable.getMessage());
      return Optional.empty();
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
      tried.add("interrupted");
      return Optional.empty();
    }
  }
}
