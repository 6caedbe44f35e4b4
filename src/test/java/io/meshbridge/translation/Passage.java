package io.meshbridge.translation;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshId;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Translator.WriteContext;
import io.meshbridge.testkit.reference.Cause;
import io.meshbridge.testkit.reference.MeshReference;
import io.meshbridge.testkit.reference.Outcome;
import io.meshbridge.testkit.reference.Request;
import io.meshbridge.testkit.reference.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Documents of one mesh, their translation into another, and what requests meet on both sides. */
final class Passage {
  private static final String SERVICE = "web";

  private final Make.Way way;
  private final List<Map<String, Object>> before;
  private final TranslationResult result;
  private final MeshReference origin;
  private final MeshReference target;

  private Passage(Make.Way way, List<Map<String, Object>> before) {
    this.way = way;
    this.before = before;
    this.result =
        new OfflineTranslation(
                way.from().adapter(),
                way.to().adapter(),
                new MeshId("away"),
                new WriteContext("test", new MeshId("here"), ""))
            .translate(before.stream().map(Passage::document).toList());
    this.origin = way.from().reference(before);
    this.target = way.to().reference(after());
  }

  /** Translates. */
  static Passage of(Make.Way way, List<Map<String, Object>> documents) {
    return new Passage(way, documents);
  }

  /** A document that is known by the object in it. */
  static Document document(Map<String, Object> content) {
    return new Document(Location.of(reference(content)), content, Map.of());
  }

  /** What was written. */
  List<Map<String, Object>> after() {
    return result.documents().stream().map(NativeDocument::content).toList();
  }

  /** What clients in the target call the services. */
  Set<String> names() {
    return result.services().stream()
        .filter(TranslatedService::isWritten)
        .map(TranslatedService::name)
        .collect(Collectors.toSet());
  }

  TranslationResult result() {
    return result;
  }

  /** Whether the service stands in the target. */
  boolean isWritten() {
    return service().filter(TranslatedService::isWritten).isPresent();
  }

  Verdict atOrigin(Request request) {
    return origin.decide(request);
  }

  /** What becomes of the same request to the import. */
  Outcome atTarget(Request request) {
    return target.decide(toImport(request)).outcome();
  }

  /** The same request, to the import. */
  Request toImport(Request request) {
    var imported = service().orElseThrow();
    var ports = imported.offer().ports();
    int number =
        ports.stream()
            .filter(port -> port.number() == request.port())
            .findFirst()
            .orElseGet(ports::getFirst)
            .number();
    return request.to(imported.name(), number);
  }

  /** What was lost of the service's policy, not of what it is. */
  List<Loss> lostPolicy() {
    return losses().stream().filter(Passage::isOfPolicy).toList();
  }

  /** What could not be read. Services that only split what others get have no instances. */
  List<Diagnostic> errors() {
    return result.diagnostics().stream()
        .filter(diagnostic -> diagnostic.severity() == Diagnostic.Severity.ERROR)
        .toList();
  }

  /** Why the service does not stand in the target. */
  List<Loss> refusals() {
    return result.losses().stream().filter(loss -> loss.outcome() == Loss.Outcome.REFUSED).toList();
  }

  /** The losses at fields that had a say in what becomes of a request. */
  List<Loss> foretelling(Verdict verdict) {
    return foretelling(losses(), verdict);
  }

  /** Those of some losses that are at fields that had a say in what becomes of a request. */
  static List<Loss> foretelling(List<Loss> losses, Verdict verdict) {
    return losses.stream()
        .filter(
            loss ->
                verdict.causes().stream().anyMatch(cause -> isAt(loss, cause))
                    || (loss.path().equals("traffic.http")
                        && verdict.outcome() instanceof Outcome.NotFound))
        .toList();
  }

  private static boolean isAt(Loss loss, Cause cause) {
    var object = loss.location().file();
    return object.startsWith(cause.kind() + " ")
        && (object.endsWith("/" + cause.name()) || object.endsWith(" " + cause.name()))
        && (isWithin(loss.path(), cause.path()) || isWithin(cause.path(), loss.path()));
  }

  private static boolean isWithin(String path, String part) {
    return path.startsWith(part)
        && (part.isEmpty()
            || path.length() == part.length()
            || path.charAt(part.length()) == '.'
            || path.charAt(part.length()) == '[');
  }

  /** For people who look into a failure. */
  String describe() {
    return way
        + "\nbefore: "
        + before
        + "\nafter: "
        + after()
        + "\nlosses: "
        + result.losses()
        + "\ndiagnostics: "
        + result.diagnostics();
  }

  private List<Loss> losses() {
    return service().map(TranslatedService::losses).orElse(List.of());
  }

  private Optional<TranslatedService> service() {
    return result.services().stream()
        .filter(translated -> translated.key().name().equals(SERVICE))
        .findFirst();
  }

  private static boolean isOfPolicy(Loss loss) {
    var object = loss.location().file();
    return loss.path().startsWith("traffic")
        || object.startsWith("VirtualService ")
        || object.startsWith("DestinationRule ")
        || object.startsWith("HTTPRoute ")
        || object.startsWith("GRPCRoute ")
        || object.startsWith("service-router ")
        || object.startsWith("service-splitter ")
        || object.startsWith("service-resolver ");
  }

  private static String reference(Map<String, Object> content) {
    if (content.get("metadata") instanceof Map<?, ?> metadata) {
      return content.get("kind") + " " + metadata.get("namespace") + "/" + metadata.get("name");
    }
    return content.containsKey("Kind")
        ? content.get("Kind") + " " + content.get("Name")
        : "instance on " + content.get("Node");
  }
}
