package io.meshbridge.it.nativegap;

import io.meshbridge.it.nativegap.agent.RecorderAgent;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/** The agent as a file that a JVM takes: its classes, and those of ASM. */
public final class RecorderJar {
  private static final String CLASS = ".class";

  private RecorderJar() {}

  /** Writes it. */
  public static void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest())) {
      addFolder(jar, RecorderAgent.class);
      var written = new HashSet<String>();
      for (Class<?> ofLibrary : List.of(ClassReader.class, ClassNode.class)) {
        addLibrary(jar, ofLibrary, written);
      }
    }
  }

  private static Manifest manifest() {
    var manifest = new Manifest();
    var attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Premain-Class", RecorderAgent.class.getName());
    return manifest;
  }

  /** All classes of a package whose classes are files. */
  private static void addFolder(JarOutputStream jar, Class<?> member) throws IOException {
    var folder = member.getPackageName().replace('.', '/');
    try (Stream<Path> files = Files.list(placeOf(member).resolve(folder))) {
      for (Path file : files.filter(RecorderJar::isOfAgent).sorted().toList()) {
        jar.putNextEntry(new JarEntry(folder + "/" + file.getFileName()));
        Files.copy(file, jar);
      }
    }
  }

  /** Beside them are their tests. */
  private static boolean isOfAgent(Path file) {
    return !file.getFileName().toString().contains("Test");
  }

  private static void addLibrary(JarOutputStream jar, Class<?> member, Set<String> written)
      throws IOException {
    try (var library = new JarFile(placeOf(member).toFile())) {
      for (JarEntry entry : library.stream().toList()) {
        boolean isModule = entry.getName().equals("module-info.class");
        if (entry.getName().endsWith(CLASS) && !isModule && written.add(entry.getName())) {
          jar.putNextEntry(new JarEntry(entry.getName()));
          try (var content = library.getInputStream(entry)) {
            content.transferTo(jar);
          }
        }
      }
    }
  }

  private static Path placeOf(Class<?> member) throws IOException {
    try {
      return Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException unusual) {
      throw new IOException("no file holds " + member, unusual);
    }
  }
}
