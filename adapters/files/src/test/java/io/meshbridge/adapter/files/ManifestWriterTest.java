package io.meshbridge.adapter.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.meshbridge.spi.Document;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Translator.FileFormat;
import io.meshbridge.testkit.ModelGenerators;
import io.meshbridge.testkit.SeededRuns;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ManifestWriterTest {
  private final ManifestWriter writer = new ManifestWriter();
  private final ManifestReader reader = new ManifestReader();

  @TestFactory
  Stream<DynamicTest> writesWhatTheReaderReadsBack() {
    return SeededRuns.of(150)
        .check(
            random -> {
              for (FileFormat format : FileFormat.values()) {
                // Given
                var first = content(random);
                var second = content(random);
                var documents =
                    List.of(new NativeDocument("a", first), new NativeDocument("b", second));

                // When
                byte[] bytes = writer.write(documents, format);
                var read = reader.readBytes("a" + ending(format), bytes);

                // Then
                assertThat(read.diagnostics()).isEmpty();
                assertThat(read.documents())
                    .extracting(Document::content)
                    .containsExactly(first, second);
                assertThat(writer.write(documents, format)).isEqualTo(bytes);
              }
            });
  }

  @Test
  void printsYamlAsPeopleWriteIt() {
    var content = new LinkedHashMap<String, Object>();
    content.put("kind", "Service");
    content.put("labels", Map.of("version", "1.10"));
    content.put("none", List.of());
    content.put("ports", List.of(Map.of("name", "on"), List.of(80, 1.0)));

    assertThat(text(content, FileFormat.YAML))
        .isEqualTo(
            """
            kind: Service
            labels:
              version: "1.10"
            none: []
            ports:
              - name: "on"
              - - 80
                - 1.0
            """);
  }

  @Test
  void printsJsonAsPeopleWriteIt() {
    var content = new LinkedHashMap<String, Object>();
    content.put("kind", "Service");
    content.put("list", List.of(true, "\n"));
    content.put("none", Map.of());

    assertThat(text(content, FileFormat.JSON))
        .isEqualTo(
            """
            {
              "kind": "Service",
              "list": [
                true,
                "\\n"
              ],
              "none": {}
            }
            """);
  }

  @ParameterizedTest
  @EnumSource(FileFormat.class)
  void refusesWhatNoDocumentCanHold(FileFormat format) {
    for (Object foreign : List.of(new Object(), Double.NaN, Double.POSITIVE_INFINITY)) {
      var document = new NativeDocument("a", Map.of("x", List.of(foreign)));

      assertThatIllegalArgumentException()
          .as("%s", foreign)
          .isThrownBy(() -> writer.write(document, format));
    }
  }

  @Test
  void refusesAKeyThatYamlWouldTakeForSomethingElse() {
    var document = new NativeDocument("a", Map.of("k".repeat(1_001), 1));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> writer.write(document, FileFormat.YAML))
        .withMessageContaining("1000");
  }

  private String text(Map<String, Object> content, FileFormat format) {
    return new String(
        writer.write(new NativeDocument("a", content), format), StandardCharsets.UTF_8);
  }

  private static Map<String, Object> content(RandomGenerator random) {
    var content = new LinkedHashMap<String, Object>();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      content.put(key(random), value(random, 3));
    }
    return content;
  }

  private static Object value(RandomGenerator random, int depth) {
    var generators = new ModelGenerators(random);
    return switch (random.nextInt(depth == 0 ? 4 : 6)) {
      case 0, 1 -> generators.hostileText();
      case 2 -> random.nextBoolean();
      case 3 -> number(random);
      case 4 -> generators.listOf(0, 3, () -> value(random, depth - 1));
      default -> {
        var fields = new LinkedHashMap<String, Object>();
        for (int i = random.nextInt(3); i > 0; i--) {
          fields.put(key(random), value(random, depth - 1));
        }
        yield fields;
      }
    };
  }

  /** Escapes make six characters of one, and YAML has a limit. */
  private static String key(RandomGenerator random) {
    var text = new ModelGenerators(random).hostileText();
    return text.substring(0, Math.min(text.length(), 150));
  }

  private static Object number(RandomGenerator random) {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextInt();
      case 1 -> random.nextLong(1L << 40, Long.MAX_VALUE);
      case 2 -> random.nextDouble() * Math.pow(10, random.nextInt(-30, 30));
      case 3 -> new BigInteger("9".repeat(random.nextInt(20, 40)));
      default -> new BigDecimal("0." + "1".repeat(random.nextInt(25, 40)));
    };
  }

  private static String ending(FileFormat format) {
    return format == FileFormat.YAML ? ".yaml" : ".json";
  }
}
