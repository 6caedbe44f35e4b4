package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.Fields;
import io.meshbridge.adapter.kubernetes.ForeignMirrors;
import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.OwnMarks;
import io.meshbridge.adapter.kubernetes.Problem;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * What the bridge keeps of a ServiceEntry that it may export.
 *
 * @param object the reference for people
 * @param importedPath the federation path of an entry that a bridge wrote; empty for all others
 * @param mirroredBy the tool that mirrored it from elsewhere; empty if it is at home
 * @param location Istio's word; empty means {@code MESH_EXTERNAL}
 * @param resolution Istio's word; empty means {@code NONE}
 * @param selectsWorkloads whether its endpoints are pods or WorkloadEntries, which are not read
 */
record EntryFacts(
    String object,
    ResourceKey key,
    SortedMap<String, String> labels,
    boolean exported,
    boolean direct,
    String importedPath,
    String mirroredBy,
    List<String> hosts,
    String location,
    String resolution,
    boolean selectsWorkloads,
    List<Port> ports,
    List<Place> endpoints,
    List<Problem> problems) {

  /** One port; the target is its own number if it gives none. */
  record Port(String path, String name, int number, String protocol, int target) {}

  /** One endpoint. */
  record Place(
      String path,
      String address,
      SortedMap<String, Integer> ports,
      int weight,
      String locality,
      String network,
      String serviceAccount,
      SortedMap<String, String> labels) {}

  static EntryFacts of(KubeObject entry) {
    var problems = new ArrayList<Problem>();
    var spec =
        entry
            .fields((path, text) -> problems.add(Problem.malformed(entry.reference(), path, text)))
            .object("spec");
    var ports = new ArrayList<Port>();
    spec.objects("ports").forEach(port -> addPort(port, ports));
    var places = new ArrayList<Place>();
    for (Fields endpoint : spec.objects("endpoints")) {
      places.add(placeOf(endpoint));
    }
    for (String unsaid : List.of("subjectAltNames", "exportTo")) {
      if (spec.has(unsaid)) {
        problems.add(
            Problem.unsaid(
                entry.reference(), spec.pathOf(unsaid), "is not carried to other meshes"));
      }
    }
    return new EntryFacts(
        entry.reference(),
        entry.key(),
        entry.labels(),
        OwnMarks.isExported(entry),
        OwnMarks.isDirect(entry),
        OwnMarks.pathOf(entry),
        ForeignMirrors.toolOf(entry).orElse(""),
        spec.textList("hosts"),
        spec.text("location"),
        spec.text("resolution"),
        spec.has("workloadSelector"),
        List.copyOf(ports),
        List.copyOf(places),
        List.copyOf(problems));
  }

  private static void addPort(Fields port, List<Port> ports) {
    port.port("number")
        .ifPresent(
            number ->
                ports.add(
                    new Port(
                        port.path(),
                        port.text("name"),
                        number,
                        port.text("protocol"),
                        port.port("targetPort").orElse(number))));
  }

  private static Place placeOf(Fields endpoint) {
    var numbers = endpoint.object("ports");
    var ports = new java.util.TreeMap<String, Integer>();
    numbers.names().forEach(name -> numbers.port(name).ifPresent(n -> ports.put(name, n)));
    return new Place(
        endpoint.path(),
        endpoint.text("address"),
        ports,
        endpoint.integer("weight").filter(weight -> weight > 0).orElse(1),
        endpoint.text("locality"),
        endpoint.text("network"),
        endpoint.text("serviceAccount"),
        endpoint.texts("labels"));
  }
}
