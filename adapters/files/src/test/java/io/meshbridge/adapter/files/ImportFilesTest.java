package io.meshbridge.adapter.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Translator.FileFormat;
import io.meshbridge.testkit.ModelGenerators;
import io.meshbridge.testkit.Samples;
import io.meshbridge.testkit.SeededRuns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ImportFilesTest {

  @Test
  void saysWhatItHolds() {
    var name =
        ImportFiles.nameOf(
            Samples.key("istio-a", "shop", "web"), document("service-entry"), FileFormat.YAML);

    assertThat(name).isEqualTo("istio-a.shop.web.service-entry.yaml");
  }

  @TestFactory
  Stream<DynamicTest> namesAreDistinctShortAndSafe() {
    return SeededRuns.of(50)
        .check(
            random -> {
              var any = new ModelGenerators(random);
              var holders = new HashMap<String, Object>();
              for (int i = 0; i < 200; i++) {
                var service = any.serviceKey();
                var document = document(any.name());

                var name = ImportFiles.nameOf(service, document, FileFormat.JSON);

                // Together with a dot and .tmp it still fits into a file system's 255 bytes.
                assertThat(name).matches("[a-z0-9][a-z0-9.-]{1,245}\\.json");
                var holder = List.of(service, document.name());
                assertThat(holders.putIfAbsent(name, holder)).isIn(null, holder);
              }
            });
  }

  private static NativeDocument document(String name) {
    return new NativeDocument(name, Map.of());
  }
}
