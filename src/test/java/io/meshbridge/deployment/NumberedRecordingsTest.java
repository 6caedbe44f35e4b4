package io.meshbridge.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The program that an image's build runs on what Quarkus generated. */
@Execution(ExecutionMode.CONCURRENT)
class NumberedRecordingsTest {
  private static final Path PROGRAM = Path.of("main", "image", "NumberedRecordings.java");

  @TempDir private Path folder;

  @Test
  void jarsThatDifferInNumbersOfRecordedValuesBecomeEqual() throws Exception {
    Path first = jar("first", "proxykey7", "proxykey12");
    Path second = jar("second", "proxykey31", "proxykey2");
    assertThat(Files.mismatch(first, second)).isNotNegative();

    number(first);
    number(second);

    assertThat(Files.mismatch(first, second)).isEqualTo(-1);
  }

  @Test
  void classesStillMeanTheSameValues() throws Exception {
    Path jar = jar("only", "proxykey7", "proxykey12");

    number(jar);

    try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      Class<?> puts = loader.loadClass("Puts");
      Class<?> gets = loader.loadClass("Gets");
      assertThat(puts.getMethod("one").invoke(null)).isEqualTo(gets.getMethod("one").invoke(null));
      assertThat(puts.getMethod("two").invoke(null)).isEqualTo(gets.getMethod("two").invoke(null));
      assertThat(puts.getMethod("one").invoke(null))
          .isNotEqualTo(puts.getMethod("two").invoke(null));
      assertThat(puts.getMethod("other").invoke(null)).isEqualTo("a proxykey7 of ours");
      assertThat(puts.getMethod("wide").invoke(null)).isEqualTo(1L << 40);
    }
  }

  private Path jar(String name, String one, String two) throws IOException {
    Path sources = Files.createDirectory(folder.resolve(name));
    for (String type : List.of("Puts", "Gets")) {
      Files.writeString(
          sources.resolve(type + ".java"),
          """
          public class %s {
            public static Object one() { return "%s"; }
            public static Object two() { return "%s"; }
            public static Object other() { return "a proxykey7 of ours"; }
            public static Object wide() { return 1L << 40; }
          }
          """
              .formatted(type, one, two));
    }
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                sources.resolve("Puts.java").toString(),
                sources.resolve("Gets.java").toString());
    assertThat(compiled).isZero();
    Path jar = folder.resolve(name + ".jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (String type : List.of("Puts.class", "Gets.class")) {
        var entry = new JarEntry(type);
        entry.setTime(0);
        out.putNextEntry(entry);
        out.write(Files.readAllBytes(sources.resolve(type)));
      }
    }
    return jar;
  }

  private static void number(Path jar) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    new Program(List.of(java, PROGRAM.toString())).run(jar.toString()).whole();
  }
}
