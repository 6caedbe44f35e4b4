package io.meshbridge.translation;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshId;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Translator.WriteContext;
import io.meshbridge.testkit.reference.ConsulGatewayReference;
import io.meshbridge.testkit.reference.IstioGatewayReference;
import io.meshbridge.testkit.reference.MeshReference;
import io.meshbridge.testkit.reference.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A gateway of one mesh, its translation into another, and what requests meet on both sides. */
final class GatewayPassage {
  private final Make.Way way;
  private final List<Map<String, Object>> before;
  private final TranslationResult result;
  private final MeshReference origin;
  private final MeshReference target;

  GatewayPassage(Make.Way way, GatewaySketch sketch) {
    this.way = way;
    this.before =
        way.from() == Make.CONSUL
            ? GatewayRendering.consul(sketch)
            : GatewayRendering.istio(sketch);
    this.result =
        new OfflineTranslation(
                way.from().adapter(),
                way.to().adapter(),
                new MeshId("away"),
                new WriteContext("test", new MeshId("here"), ""))
            .translate(before.stream().map(Passage::document).toList());
    this.origin = reference(way.from(), before);
    this.target = reference(way.to(), after());
  }

  /** All ways between meshes that have gateways of their own. */
  static Stream<Make.Way> ways() {
    return Stream.of(Make.ISTIO, Make.CONSUL)
        .flatMap(from -> Stream.of(Make.ISTIO, Make.CONSUL).map(to -> new Make.Way(from, to)));
  }

  boolean isWritten() {
    return gateway().filter(TranslatedService::isWritten).isPresent();
  }

  MeshReference origin() {
    return origin;
  }

  MeshReference target() {
    return target;
  }

  List<Loss> losses() {
    return gateway().map(TranslatedService::losses).orElse(List.of());
  }

  /** What was lost of the rules: listeners' names and who serves them mean nothing to requests. */
  List<Loss> lostRules() {
    return losses().stream()
        .filter(loss -> !loss.path().endsWith(".name"))
        .filter(loss -> !loss.path().startsWith("spec.selector"))
        .toList();
  }

  List<Diagnostic> errors() {
    return result.diagnostics().stream()
        .filter(diagnostic -> diagnostic.severity() == Diagnostic.Severity.ERROR)
        .toList();
  }

  /** The losses at fields that had a say in what becomes of a request. */
  List<Loss> foretelling(Verdict verdict) {
    return Passage.foretelling(losses(), verdict);
  }

  /** For people who look into a failure. */
  String describe() {
    return way
        + "\nbefore: "
        + before
        + "\nafter: "
        + after()
        + "\nlosses: "
        + losses()
        + "\ndiagnostics: "
        + result.diagnostics();
  }

  private List<Map<String, Object>> after() {
    return result.documents().stream().map(NativeDocument::content).toList();
  }

  private Optional<TranslatedService> gateway() {
    return result.services().stream()
        .filter(translated -> translated.key().name().equals("edge.gateway"))
        .findFirst();
  }

  private static MeshReference reference(Make make, List<Map<String, Object>> documents) {
    return make == Make.CONSUL
        ? ConsulGatewayReference.of(documents)
        : IstioGatewayReference.of(documents);
  }
}
