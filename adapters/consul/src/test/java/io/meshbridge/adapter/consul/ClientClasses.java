package io.meshbridge.adapter.consul;

import com.orbitz.consul.Consul;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/** What the Consul client makes proxies of, and what it reads and writes by reflection. */
final class ClientClasses {
  private static final String CLASS = ".class";
  private static final Pattern API = Pattern.compile("com\\.orbitz\\.consul\\.[A-Za-z]+\\$Api");
  private static final Pattern DATA =
      Pattern.compile("com\\.orbitz\\.consul\\.(model|option|util)\\..+");
  // Lambdas' and switches' own classes.
  private static final Pattern NAMELESS = Pattern.compile(".*\\$\\d+");

  private final List<String> names;

  private ClientClasses(List<String> names) {
    this.names = names;
  }

  /** Those of the client's jar on the class path. */
  static ClientClasses ofTheJar() throws IOException {
    try (var jar = new JarFile(jar().toFile())) {
      return new ClientClasses(
          jar.stream()
              .map(JarEntry::getName)
              .filter(name -> name.endsWith(CLASS))
              .map(name -> name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
              .sorted()
              .toList());
    }
  }

  private static Path jar() throws IOException {
    try {
      return Path.of(Consul.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IOException(impossible);
    }
  }

  /** The interfaces that Retrofit makes proxies of. */
  List<String> interfaces() {
    return names.stream().filter(name -> API.matcher(name).matches()).toList();
  }

  /** What Jackson reads and writes, with those interfaces, whose methods Retrofit looks through. */
  List<String> reflected() {
    return names.stream()
        .filter(name -> API.matcher(name).matches() || DATA.matcher(name).matches())
        .filter(name -> !NAMELESS.matcher(name).matches())
        .toList();
  }
}
