package io.meshbridge.it.nativegap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * What Quarkus hands to native-image: jars, with all that is registered in them.
 *
 * @param registered in all jars together
 * @param initialization which classes are initialised while the executable is built
 * @param replaced methods that the executable has in another form
 * @param classes the names of all of them
 * @param providers by service, what jars declare
 */
public record NativeSources(
    Registered registered,
    Initialization initialization,
    Replacements replaced,
    Set<String> classes,
    Map<String, List<String>> providers) {
  private static final String METADATA = "META-INF/native-image/";
  private static final String SERVICES = "META-INF/services/";
  private static final String PROPERTIES = "native-image.properties";
  private static final String FEATURE = "io/quarkus/runner/Feature.class";
  private static final String CLASS = ".class";

  /**
   * Reads them.
   *
   * @param folder where Quarkus put them
   * @throws IOException if they are not there, or have something of an unknown form
   */
  public static NativeSources in(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          "there is no " + folder + ": build without -DskipTests, which leaves it out");
    }
    var reader = new Reader(Exclusions.in(folder.resolve("native-image.args")));
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jar")).sorted().toList()) {
        try (var jar = new JarFile(file.toFile())) {
          reader.read(file.getFileName().toString(), jar);
        }
      }
    }
    return reader.sources();
  }

  /** The same with other registrations. */
  NativeSources with(Registered others) {
    return new NativeSources(others, initialization, replaced, classes, providers);
  }

  /** The classes that jars declare for a service. */
  Stream<String> providersOf(String service) {
    return providers.getOrDefault(service, List.of()).stream().filter(classes::contains);
  }

  private static final class Reader {
    private final Exclusions exclusions;
    private final Set<String> classes = new HashSet<>();
    private final Map<String, List<String>> providers = new TreeMap<>();
    private final Set<String> atRunTime = new HashSet<>();
    private final Replacements.Found replaced = new Replacements.Found();
    private Registered registered = Registered.NOTHING;

    Reader(Exclusions exclusions) {
      this.exclusions = exclusions;
    }

    NativeSources sources() {
      return new NativeSources(
          registered,
          new Initialization(Set.copyOf(atRunTime)),
          replaced.all(),
          Set.copyOf(classes),
          providers);
    }

    void read(String name, JarFile jar) throws IOException {
      for (JarEntry entry : jar.stream().filter(each -> !each.isDirectory()).toList()) {
        var path = entry.getName();
        if (path.endsWith(CLASS)) {
          classes.add(path.substring(0, path.length() - CLASS.length()).replace('/', '.'));
          replaced.look(content(jar, entry));
        }
        if (path.equals(FEATURE)) {
          atRunTime.addAll(Initialization.namedBy(content(jar, entry)));
        } else if (path.startsWith(SERVICES)) {
          declare(path.substring(SERVICES.length()), text(jar, entry));
        } else if (path.startsWith(METADATA) && !exclusions.hold(name, path)) {
          readMetadata(path.substring(path.lastIndexOf('/') + 1), jar, entry);
        }
      }
    }

    private void readMetadata(String name, JarFile jar, JarEntry entry) throws IOException {
      if (name.equals(PROPERTIES)) {
        atRunTime.addAll(Initialization.namedBy(text(jar, entry)));
      } else if (name.endsWith(".json")) {
        registered = registered.and(RegistrationFiles.read(name, content(jar, entry)));
      }
    }

    private void declare(String service, String file) {
      var names =
          file.lines()
              .map(line -> line.replaceFirst("#.*", "").strip())
              .filter(line -> !line.isEmpty())
              .toList();
      providers.computeIfAbsent(service, key -> new ArrayList<>()).addAll(names);
    }

    private static String text(JarFile jar, JarEntry entry) throws IOException {
      return new String(content(jar, entry), StandardCharsets.UTF_8);
    }

    private static byte[] content(JarFile jar, JarEntry entry) throws IOException {
      try (var stream = jar.getInputStream(entry)) {
        return stream.readAllBytes();
      }
    }
  }
}
