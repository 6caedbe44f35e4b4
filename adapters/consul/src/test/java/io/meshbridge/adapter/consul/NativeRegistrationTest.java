package io.meshbridge.adapter.consul;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A native image finds by name only what is registered: here, all that the Consul client needs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NativeRegistrationTest {
  private static final Path FOLDER =
      Path.of("src/main/resources/META-INF/native-image/io.meshbridge/meshbridge-adapter-consul");

  private ClientClasses classes;

  @BeforeAll
  void look() throws IOException {
    classes = ClientClasses.ofTheJar();
  }

  @Test
  void holdsAProxyForEachInterfaceOfTheClient() throws IOException {
    assertThat(classes.interfaces()).hasSizeGreaterThan(10);
    assertCurrent("proxy-config.json", classes.interfaces(), "{\"interfaces\": [\"%s\"]}");
  }

  @Test
  void holdsEachClassThatIsReadOrWritten() throws IOException {
    assertCurrent(
        "reflect-config.json",
        classes.reflected(),
        "{\"name\": \"%s\", \"allDeclaredConstructors\": true, \"allDeclaredMethods\": true,"
            + " \"allDeclaredFields\": true}");
  }

  private static void assertCurrent(String file, List<String> names, String line)
      throws IOException {
    var expected =
        names.stream()
            .map(name -> "  " + line.formatted(name))
            .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    var written = Path.of("target", file);
    Files.writeString(written, expected);
    assertThat(FOLDER.resolve(file))
        .as("stale: copy %s there", written.toAbsolutePath())
        .hasContent(expected);
  }
}
