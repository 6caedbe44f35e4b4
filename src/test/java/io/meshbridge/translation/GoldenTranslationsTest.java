package io.meshbridge.translation;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.adapter.consul.ConsulAdapter;
import io.meshbridge.adapter.files.ManifestReader;
import io.meshbridge.adapter.files.ManifestWriter;
import io.meshbridge.adapter.istio.IstioAdapter;
import io.meshbridge.adapter.linkerd.LinkerdAdapter;
import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.MeshId;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.MeshAdapter;
import io.meshbridge.spi.Translator.FileFormat;
import io.meshbridge.spi.Translator.WriteContext;
import io.meshbridge.testkit.GoldenCase;
import io.meshbridge.testkit.GoldenFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole translations, compared as text: {@code test/golden/<make>/<case>/in-*} to {@code out-<other
 * make>.yaml} (or {@code .json}), and to {@code out-<other make>-findings.txt}, which holds what
 * was lost and what is wrong with the input.
 */
class GoldenTranslationsTest {
  private static final Path ROOT = Path.of("test", "golden");
  private static final int FEWEST_CASES = 25;
  private static final List<MeshAdapter> MAKES =
      List.of(new ConsulAdapter(), new IstioAdapter(), new LinkerdAdapter());

  private record Input(List<Document> documents, List<Diagnostic> diagnostics) {}

  @TestFactory
  Stream<DynamicNode> translatesEveryCaseToEveryOtherMake() {
    return MAKES.stream()
        .map(from -> DynamicContainer.dynamicContainer(from.kind(), casesOf(from)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"consul", "istio", "linkerd"})
  void hasEnoughCasesOfEveryMake(String make) throws IOException {
    try (var cases = Files.list(ROOT.resolve(make))) {
      assertThat(cases.filter(Files::isDirectory)).hasSizeGreaterThanOrEqualTo(FEWEST_CASES);
    }
  }

  private static Stream<DynamicNode> casesOf(MeshAdapter from) {
    try {
      return GoldenFolders.in(ROOT.resolve(from.kind())).check(golden -> outputs(from, golden));
    } catch (IOException unlisted) {
      throw new UncheckedIOException(unlisted);
    }
  }

  private static SortedMap<String, String> outputs(MeshAdapter from, GoldenCase golden)
      throws IOException {
    var input = read(golden);
    var outputs = new TreeMap<String, String>();
    for (MeshAdapter to : MAKES) {
      if (!to.kind().equals(from.kind())) {
        addOutputs(from, to, input, outputs);
      }
    }
    return outputs;
  }

  private static Input read(GoldenCase golden) throws IOException {
    var reader = new ManifestReader();
    var documents = new ArrayList<Document>();
    var diagnostics = new ArrayList<Diagnostic>();
    for (String name : golden.inputs()) {
      var manifests = reader.readText(name, golden.input(name));
      documents.addAll(manifests.documents());
      diagnostics.addAll(manifests.diagnostics());
    }
    return new Input(documents, diagnostics);
  }

  private static void addOutputs(
      MeshAdapter from, MeshAdapter to, Input input, SortedMap<String, String> outputs) {
    var context = new WriteContext("golden", new MeshId(to.kind()), "");
    var translation = new OfflineTranslation(from, to, new MeshId(from.kind()), context);
    var result = translation.translate(input.documents());
    var diagnostics = new ArrayList<>(input.diagnostics());
    diagnostics.addAll(result.diagnostics());
    var findings = new TranslationReport(result.losses(), diagnostics).lines();
    var written = new ManifestWriter().write(result.documents(), translation.format());
    var ending = translation.format() == FileFormat.JSON ? ".json" : ".yaml";
    outputs.put("out-" + to.kind() + ending, new String(written, StandardCharsets.UTF_8));
    outputs.put(
        "out-" + to.kind() + "-findings.txt",
        findings.isEmpty() ? "" : String.join("\n", findings) + "\n");
  }
}
