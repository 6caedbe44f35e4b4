package io.meshbridge.adapter.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What the bridge keeps of a Service.
 *
 * @param object the reference for people, such as {@code Service shop/web}
 * @param key its namespace and name
 * @param labels all of its labels
 * @param annotations those of its annotations that were asked for
 * @param exported whether it bears our export mark
 * @param direct whether its owner publishes its raw address although the mesh guards it
 * @param importedPath the federation path of a Service that a bridge wrote; empty for all others
 * @param mirroredBy the tool that mirrored it from elsewhere; empty if it is at home
 * @param selector the labels of its pods; empty if it selects none
 * @param externalName the name that a Service of type ExternalName stands for; else empty
 * @param ports its ports, as they stand
 * @param problems what could not be read, or cannot be said
 */
public record ServiceFacts(
    String object,
    ResourceKey key,
    SortedMap<String, String> labels,
    SortedMap<String, String> annotations,
    boolean exported,
    boolean direct,
    String importedPath,
    String mirroredBy,
    SortedMap<String, String> selector,
    String externalName,
    List<Port> ports,
    List<Problem> problems) {

  /**
   * One port.
   *
   * @param path where it stands
   * @param name empty if the only port has none
   * @param transport {@code TCP}, {@code UDP} or {@code SCTP}
   * @param appProtocol empty if none is declared
   * @param targetPort a number, or the name of a port of the pods; the port's own number if not
   *     given
   */
  public record Port(
      String path,
      String name,
      int number,
      String transport,
      String appProtocol,
      String targetPort) {}

  /** Reads a Service without its annotations. */
  public static ServiceFacts of(KubeObject service) {
    return of(service, Set.of());
  }

  /**
   * Reads a Service.
   *
   * @param annotations the keys of those that are kept; others can be as large as the Service
   */
  public static ServiceFacts of(KubeObject service, Set<String> annotations) {
    return of(service, annotations::contains);
  }

  /**
   * Reads a Service.
   *
   * @param annotations the keys of those that are kept; others can be as large as the Service
   */
  public static ServiceFacts of(KubeObject service, Predicate<String> annotations) {
    var kept = new TreeMap<>(service.annotations());
    kept.keySet().removeIf(annotations.negate());
    var problems = new ArrayList<Problem>();
    Problems sink =
        (path, text) -> problems.add(Problem.malformed(service.reference(), path, text));
    var spec = service.fields(sink).object("spec");
    var ports = new ArrayList<Port>();
    spec.objects("ports").forEach(port -> addPort(port, ports));
    addUnsaid(spec, (path, text) -> problems.add(Problem.unsaid(service.reference(), path, text)));
    return new ServiceFacts(
        service.reference(),
        service.key(),
        service.labels(),
        kept,
        OwnMarks.isExported(service),
        OwnMarks.isDirect(service),
        OwnMarks.pathOf(service),
        ForeignMirrors.toolOf(service).orElse(""),
        spec.texts("selector"),
        "ExternalName".equals(spec.text("type")) ? spec.text("externalName") : "",
        List.copyOf(ports),
        List.copyOf(problems));
  }

  /** The same, with more that cannot be said. */
  public ServiceFacts withProblems(List<Problem> more) {
    var all = new ArrayList<>(problems);
    all.addAll(more);
    return new ServiceFacts(
        object,
        key,
        labels,
        annotations,
        exported,
        direct,
        importedPath,
        mirroredBy,
        selector,
        externalName,
        ports,
        List.copyOf(all));
  }

  private static void addPort(Fields port, List<Port> ports) {
    port.port("port")
        .ifPresent(
            number -> {
              var target = port.text("targetPort");
              var transport = port.text("protocol");
              ports.add(
                  new Port(
                      port.path(),
                      port.text("name"),
                      number,
                      transport.isEmpty() ? "TCP" : transport,
                      port.text("appProtocol"),
                      target.isEmpty() || target.equals("0") ? Integer.toString(number) : target));
            });
  }

  /** What steers the traffic of the Service at home, and cannot travel with it. */
  private static void addUnsaid(Fields spec, Problems problems) {
    if ("ClientIP".equals(spec.text("sessionAffinity"))) {
      problems.add("spec.sessionAffinity", "ClientIP affinity is not carried to other meshes");
    }
    if ("Local".equals(spec.text("internalTrafficPolicy"))) {
      problems.add("spec.internalTrafficPolicy", "Local has no meaning outside of the cluster");
    }
    if (spec.has("trafficDistribution")) {
      problems.add("spec.trafficDistribution", "is not carried to other meshes");
    }
  }
}
