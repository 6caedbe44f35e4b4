package io.meshbridge.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentPathsTest {
  private static final Map<String, Object> DOCUMENT =
      Map.of(
          "metadata",
          Map.of("annotations", Map.of("retry.linkerd.io/http", "5xx", "retry", "no")),
          "spec",
          Map.of("http", List.of(Map.of("timeout", "3s"), Map.of("hosts", List.of("a", "b")))));

  @ParameterizedTest
  @CsvSource({
    "spec.http[0].timeout, 3s",
    "spec.http[1].hosts[1], b",
    "metadata.annotations.retry.linkerd.io/http, 5xx",
    "metadata.annotations.retry, no"
  })
  void findsWhatStandsThere(String path, String value) {
    assertThat(DocumentPaths.find(DOCUMENT, path)).contains(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"spec.tcp", "spec.http[2]", "spec.http[0].timeout.x", "spec.http[x]", "metadatax"})
  void findsNothingWhereNothingStands(String path) {
    assertThat(DocumentPaths.find(DOCUMENT, path)).isEmpty();
  }

  @Test
  void changesAValueInACopy() {
    var changed =
        DocumentPaths.changed(DOCUMENT, "spec.http[0].timeout", value -> Optional.of("4s"));

    assertThat(DocumentPaths.find(changed, "spec.http[0].timeout")).contains("4s");
    assertThat(DocumentPaths.find(changed, "spec.http[1].hosts[0]")).contains("a");
    assertThat(DocumentPaths.find(DOCUMENT, "spec.http[0].timeout")).contains("3s");
  }

  @Test
  void takesAwayFieldsAndElements() {
    var withoutField =
        DocumentPaths.changed(
            DOCUMENT, "metadata.annotations.retry.linkerd.io/http", value -> Optional.empty());
    var withoutElement =
        DocumentPaths.changed(DOCUMENT, "spec.http[1].hosts[0]", value -> Optional.empty());

    assertThat(DocumentPaths.find(withoutField, "metadata.annotations"))
        .contains(Map.of("retry", "no"));
    assertThat(DocumentPaths.find(withoutElement, "spec.http[1].hosts")).contains(List.of("b"));
  }

  @Test
  void listsEveryLeaf() {
    assertThat(
            DocumentPaths.leaves(Map.of("spec", Map.of("http", List.of(Map.of("a", 1), Map.of())))))
        .containsExactly(Map.entry("spec.http[0].a", 1), Map.entry("spec.http[1]", Map.of()));
  }
}
