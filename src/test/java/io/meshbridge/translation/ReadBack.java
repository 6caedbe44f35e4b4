package io.meshbridge.translation;

import io.meshbridge.model.Export;
import io.meshbridge.model.Import;
import io.meshbridge.model.Marks;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.Translation;
import io.meshbridge.spi.Translator.Selection;
import io.meshbridge.spi.Translator.WriteContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads what was written into a mesh as if people had written it there, and writes it once more
 * under the same names.
 */
final class ReadBack {
  private static final Set<String> KINDS =
      Set.of("VirtualService", "DestinationRule", "HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute");

  private final Make make;
  private final Set<String> services;
  private final MeshDescriptor mesh;

  /**
   * Reads a make of mesh.
   *
   * @param services the names of those that are written again: not of what only serves their
   *     policies
   */
  ReadBack(Make make, Set<String> services) {
    this.make = make;
    this.services = services;
    this.mesh = new MeshDescriptor(new MeshId("here"), make.adapter().kind(), "", "", "");
  }

  /** What is written the second time. */
  List<Map<String, Object>> again(List<Map<String, Object>> written) {
    var documents =
        written.stream().map(content -> Passage.document(withoutMarks(content))).toList();
    var offers = make.adapter().translator().read(documents, mesh, Selection.ALL).offers();
    var again = new ArrayList<Map<String, Object>>();
    offers.stream()
        .filter(offer -> make != Make.CONSUL || services.contains(nameOf(offer)))
        .forEach(offer -> write(offer, offers).forEach(again::add));
    if (make == Make.CONSUL) {
      keepTheRest(written, again);
    }
    return again;
  }

  /** In Consul a policy needs services without instances, which are no imports of their own. */
  private static void keepTheRest(
      List<Map<String, Object>> written, List<Map<String, Object>> again) {
    var known = again.stream().map(NativeReference::of).collect(Collectors.toSet());
    written.stream()
        .filter(content -> !known.contains(NativeReference.of(content)))
        .forEach(again::add);
  }

  private Stream<Map<String, Object>> write(Offer offer, List<Offer> all) {
    var names = new TreeMap<ServiceKey, String>();
    var exports = new TreeMap<ServiceKey, Export>();
    for (Offer other : all) {
      names.put(other.key(), nameOf(other));
      exports.put(other.key(), exportOf(other));
    }
    var service =
        new Import(nameOf(offer), exportOf(offer), offer.endpoints(), mesh, names, exports);
    var context = new WriteContext("test", new MeshId("there"), "");
    return switch (make.adapter().translator().write(service, context)) {
      case Translation.Written done -> done.documents().stream().map(NativeDocument::content);
      case Translation.Refused ignored -> Stream.of();
    };
  }

  /** The objects of policy, without their names and marks, in one order. */
  static List<String> policies(List<Map<String, Object>> documents) {
    return documents.stream()
        .filter(ReadBack::isPolicy)
        .map(ReadBack::bare)
        .map(String::valueOf)
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  private static boolean isPolicy(Map<String, Object> document) {
    return KINDS.contains(String.valueOf(document.get("kind"))) || document.containsKey("Kind");
  }

  private static Map<String, Object> bare(Map<String, Object> document) {
    var bare = new TreeMap<>(withoutMarks(document));
    bare.remove("Meta");
    if (bare.remove("metadata") instanceof Map<?, ?> metadata) {
      var annotations = metadata.get("annotations");
      bare.put("annotations", annotations == null ? Map.of() : annotations);
    }
    return bare;
  }

  private String nameOf(Offer offer) {
    return switch (make) {
      case ISTIO -> offer.hostnames().getFirst();
      case LINKERD -> offer.key().name() + "." + offer.key().namespace();
      case CONSUL -> offer.key().name();
    };
  }

  private static Export exportOf(Offer offer) {
    return new Export(
        offer.key(),
        offer.ports(),
        offer.labels(),
        offer.hostnames(),
        Instant.EPOCH,
        offer.path(),
        offer.access(),
        offer.traffic());
  }

  private static Map<String, Object> withoutMarks(Map<?, ?> marked) {
    var bare = new TreeMap<String, Object>();
    marked.forEach(
        (key, value) -> {
          if (!Marks.isMark(String.valueOf(key))) {
            bare.put(String.valueOf(key), withoutMarks(value));
          }
        });
    return bare;
  }

  private static Object withoutMarks(Object value) {
    return switch (value) {
      case Map<?, ?> map -> withoutMarks(map);
      case List<?> list -> list.stream().map(ReadBack::withoutMarks).toList();
      default -> value;
    };
  }
}
