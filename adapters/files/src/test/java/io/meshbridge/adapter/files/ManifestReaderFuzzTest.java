package io.meshbridge.adapter.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.testkit.SeededRuns;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ManifestReaderFuzzTest {
  private static final int DOCUMENTS = 3;
  private static final String YAML =
      """
      kind: A
      metadata: {name: &n "w\\u0065b", labels: [a, 'b', *n]}
      ---
      kind: B
      text: |
        one
        two
      <<: {port: 0x1f, weight: -1.5e3}
      ---
      {"kind": "C", "list": [1, true, null, "\\ud83d\\ude80"]}
      """;
  private static final String JSON =
      """
      {"kind": "A", "list": [1, -2.5e3, true, null, "\\ud83d\\ude80"]}
      {"kind": "B", "inner": {"a": {"b": ["\\n"]}}}
      [{"kind": "C"}]
      """;

  private final ManifestReader reader = new ManifestReader();

  @TestFactory
  Stream<DynamicTest> answersDamagedBytesWithDocumentsAndDiagnosticsOnly() {
    return SeededRuns.of(60)
        .check(
            random -> {
              for (int i = 0; i < 50; i++) {
                // Given
                var name = List.of("a.yaml", "a.json", "-").get(random.nextInt(3));
                var bytes = damaged(name.equals("a.json") ? JSON : YAML, random);

                // When
                var read = reader.readBytes(name, bytes);

                // Then
                int lines =
                    1 + (int) new String(bytes, StandardCharsets.ISO_8859_1).lines().count();
                assertThat(read.documents().size() + read.diagnostics().size()).isPositive();
                assertThat(read.diagnostics())
                    .allSatisfy(
                        fault -> {
                          assertThat(fault.location().file()).isEqualTo(name);
                          assertThat(fault.location().line()).isBetween(0, lines);
                          assertThat(fault.message()).isNotBlank();
                        });
              }
            });
  }

  @TestFactory
  Stream<DynamicTest> losesAtMostOneYamlDocumentToOneDamagedLetter() {
    return SeededRuns.of(100)
        .check(
            random -> {
              // Given
              var text = new StringBuilder(YAML);
              int at = random.nextInt(text.length());
              boolean marker = text.charAt(at) == '-' || text.charAt(at) == '\n';
              text.setCharAt(at, marker ? text.charAt(at) : (char) random.nextInt(32, 127));

              // When
              var read = reader.readText("a.yaml", text.toString());

              // Then
              assertThat(read.documents()).hasSizeGreaterThanOrEqualTo(DOCUMENTS - 1);
            });
  }

  private static byte[] damaged(String text, RandomGenerator random) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }
}
