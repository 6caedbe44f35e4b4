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

/**
 * Reads what was written into a mesh as if people had written it there, and writes it once more
 * under the same names.
 */
final class ReadBack {
  private static final Set<String> KINDS =
      Set.of("VirtualService", "DestinationRule", "HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute");

  private final Make make;
  private final MeshDescriptor mesh;

  ReadBack(Make make) {
    this.make = make;
    this.mesh = new MeshDescriptor(new MeshId("here"), make.adapter().kind(), "", "", "");
  }

  /** What is written the second time. */
  List<Map<String, Object>> again(List<Map<String, Object>> written) {
    var documents =
        written.stream().map(content -> Passage.document(withoutMarks(content))).toList();
    var translator = make.adapter().translator();
    var offers = translator.read(documents, mesh, Selection.ALL).offers();
    var names = new TreeMap<ServiceKey, String>();
    offers.forEach(offer -> names.put(offer.key(), nameOf(offer)));
    var again = new ArrayList<Map<String, Object>>();
    for (Offer offer : offers) {
      var service = new Import(nameOf(offer), exportOf(offer), offer.endpoints(), mesh, names);
      var context = new WriteContext("test", new MeshId("there"), "");
      if (translator.write(service, context) instanceof Translation.Written done) {
        done.documents().stream().map(NativeDocument::content).forEach(again::add);
      }
    }
    return again;
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
