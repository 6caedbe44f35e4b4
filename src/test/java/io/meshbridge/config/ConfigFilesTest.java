package io.meshbridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFilesTest {
  @TempDir private Path folder;

  @Test
  void readsYamlAndProperties() throws IOException {
    var yaml =
        write("a.yaml", "meshbridge:\n  federation: shop\n  meshes: {east: {kind: istio}}\n");
    var properties = write("b.properties", "meshbridge.bridge-id=seven\n");

    var sources = ConfigFiles.load(List.of(yaml, properties));

    assertThat(sources.get(0).getValue("meshbridge.federation")).isEqualTo("shop");
    assertThat(sources.get(0).getValue("meshbridge.meshes.east.kind")).isEqualTo("istio");
    assertThat(sources.get(1).getValue("meshbridge.bridge-id")).isEqualTo("seven");
  }

  @Test
  void letsALaterFileWinAndBothStandBetweenDefaultsAndEnvironment() throws IOException {
    var first = write("first.yaml", "a: 1\n");
    var second = write("second.yaml", "a: 2\n");

    var ordinals =
        ConfigFiles.load(List.of(first, second)).stream().map(ConfigSource::getOrdinal).toList();

    assertThat(ordinals.get(1)).isGreaterThan(ordinals.get(0)).isLessThan(300);
    assertThat(ordinals.get(0)).isGreaterThan(260);
  }

  @Test
  void tellsEveryFileThatCannotBeUsed() throws IOException {
    var missing = folder.resolve("missing.yaml");
    var torn = write("torn.yaml", "a: [1\nb: }\n");

    var invalid =
        catchThrowableOfType(
            InvalidConfigurationException.class, () -> ConfigFiles.load(List.of(missing, torn)));

    assertThat(invalid.lines()).hasSize(2);
    assertThat(invalid.lines().get(0)).isEqualTo(missing + ": does not exist");
    assertThat(invalid.lines().get(1)).startsWith(torn + ": is not well formed: ").contains("line");
  }

  @Test
  void tellsEveryKeyThatIsWrittenTwice() throws IOException {
    var yaml =
        write(
            "twice.yaml",
            """
            meshbridge:
              federation: shop
              meshes:
                east: {kind: istio}
                west: {kind: consul, kind: istio}
                east: {kind: consul}
            """);
    var properties = write("twice.properties", "a.b=1\na.c=1\na.b : 1\n");

    var invalid =
        catchThrowableOfType(
            InvalidConfigurationException.class, () -> ConfigFiles.load(List.of(yaml, properties)));

    var advice = "; keep one of them, or give one another name";
    assertThat(invalid.lines())
        .containsExactly(
            yaml + ": lines 5 and 5: 'meshbridge.meshes.west.kind' is written twice" + advice,
            yaml + ": lines 4 and 6: 'meshbridge.meshes.east' is written twice" + advice,
            properties + ": 'a.b' is written twice" + advice);
  }

  @Test
  void readsAnchorsOnceAlsoThoseThatHoldThemselves() throws IOException {
    var duplicates = DuplicateKeys.in(Path.of("a.yaml"), "a: &x {b: 1, b: 2}\nc: *x\nd: &y [*y]\n");

    assertThat(duplicates).hasSize(1);
  }

  @Test
  void takesOneKeyInTwoFilesForAnOverride() throws IOException {
    assertThat(ConfigFiles.load(List.of(write("a.yaml", "a: 1\n"), write("b.yaml", "a: 2\n"))))
        .hasSize(2);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
