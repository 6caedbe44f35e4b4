package io.meshbridge.it.nativegap.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CallSitesTest {
  private static final String LOOKS_UP = "io.meshbridge.it.nativegap.sample.LooksUp";

  @TempDir private Path folder;

  @Test
  void everythingThatAClassLooksUpIsWrittenDownWithWhoAsked() throws Exception {
    var journal = Journal.in(folder);
    Recorder.writeTo(journal);

    new Noting(new CallSites(journal)).run(LOOKS_UP);

    assertThat(lines())
        .noneMatch(line -> line.startsWith("failure"))
        .contains(
            line("class", "java.lang.String", "", "jdk", "byConstant()V", "constant", ""),
            line("class", "java.lang.Integer", "", "jdk", "byName(Ljava/lang/String;)V", "", ""),
            line("class", "java.lang.Long", "", "jdk", "<clinit>()V", "", LOOKS_UP),
            line(
                "lookup method",
                "java.lang.String",
                "public length()",
                "jdk",
                "byConstant()V",
                "constant",
                ""),
            line(
                "use method",
                "java.lang.String",
                "public length()",
                "jdk",
                "byConstant()V",
                "",
                ""),
            line("declared fields", "java.lang.String", "", "jdk", "byReference()V", "", ""),
            line(
                "use method",
                "java.lang.String",
                "concat(java.lang.String)",
                "jdk",
                "byHandle()V",
                "",
                ""),
            line("proxy", "java.lang.Runnable", "", "jdk", "byProxy()V", "", ""))
        .contains(
            line(
                "resource",
                LOOKS_UP.replace('.', '/') + ".class",
                "",
                "",
                "byResource()V",
                "constant",
                ""));
  }

  private static String line(
      String kind,
      String subject,
      String part,
      String jdk,
      String method,
      String constant,
      String initializers) {
    return String.join("\t", kind, subject, part, jdk, LOOKS_UP, method, constant, initializers);
  }

  private List<String> lines() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return Files.readAllLines(files.findFirst().orElseThrow());
    }
  }

  /** Defines samples as an agent makes them. */
  private static final class Noting extends ClassLoader {
    private final CallSites callSites;

    Noting(CallSites callSites) {
      super(CallSitesTest.class.getClassLoader());
      this.callSites = callSites;
    }

    void run(String name) throws ReflectiveOperationException, IOException {
      ((Runnable) loadNoted(name).getConstructor().newInstance()).run();
    }

    private Class<?> loadNoted(String name) throws IOException {
      var path = name.replace('.', '/');
      try (var file = getResourceAsStream(path + ".class")) {
        var noted = callSites.transform(this, path, null, null, file.readAllBytes());
        return defineClass(name, noted, 0, noted.length);
      }
    }
  }
}
