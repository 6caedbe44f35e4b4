package io.meshbridge.adapter.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.testkit.ModelGenerators;
import io.meshbridge.testkit.SeededRuns;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ManifestFuzzTest {
  private static final String YAML =
      """
      %YAML 1.2
      ---
      apiVersion: v1
      kind: Service # a comment
      metadata: &m
        name: "web\\u00e4\\x41"
        labels: {a: 'b', "c": !!str 1.10, ? d : e}
      spec:
        ports:
        - name: http
          port: 0x50
        - {port: 1e3}
        text: |
          a block
        folded: >-
          another
      same: *m
      merged: {<<: *m}
      ---
      {"json": [1, 2.5, true, null, "\\ud83d\\ude80"]}
      """;

  private static final String JSON =
      "[{\"a\": [1, -2.5e3, true, null], \"b\": {\"c\": \"\\ud83d\\u00e4\\n\"}}, {\"d\": {}}]\n{}";

  private final ManifestReader reader = new ManifestReader();

  @TestFactory
  Stream<DynamicTest> damagedTextNeverThrowsAndNeverVanishesSilently() {
    return SeededRuns.of(300)
        .check(
            random -> {
              for (String name : List.of("a.yaml", "a.json", "-")) {
                var original = random.nextBoolean() ? YAML : JSON;
                byte[] bytes = original.getBytes(StandardCharsets.UTF_8);
                for (int flips = random.nextInt(1, 8); flips > 0; flips--) {
                  bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;

                var manifests = reader.readBytes(name, Arrays.copyOf(bytes, length));

                assertThat(manifests.diagnostics())
                    .allSatisfy(fault -> assertThat(fault.message()).isNotBlank());
                boolean nothingLeft = manifests.documents().isEmpty() && manifests.isWhole();
                assertThat(nothingLeft && length == bytes.length).isFalse();
              }
            });
  }

  @TestFactory
  Stream<DynamicTest> anyTextIsReadOrRefused() {
    return SeededRuns.of(300)
        .check(
            random -> {
              var any = new ModelGenerators(random);
              var text = String.join("\n", any.listOf(1, 12, any::hostileText));

              var yaml = reader.readText("a.yaml", text);
              var json = reader.readText("a.json", text);

              assertThat(yaml.diagnostics()).doesNotContainNull();
              assertThat(json.diagnostics()).doesNotContainNull();
            });
  }
}
