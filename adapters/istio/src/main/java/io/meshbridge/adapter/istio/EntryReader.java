package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.Paths;
import io.meshbridge.adapter.kubernetes.Problem;
import io.meshbridge.adapter.kubernetes.ProblemLosses;
import io.meshbridge.adapter.kubernetes.ReadResult;
import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Health;
import io.meshbridge.model.Locality;
import io.meshbridge.model.Marks;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.ServicePort;
import io.meshbridge.spi.Offer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads ServiceEntries: those that people wrote, and imports that somebody passes on. Pure. */
final class EntryReader {
  private static final int HEAVIEST = 65_535;

  private final MeshDescriptor mesh;
  private final ProblemLosses losses;

  EntryReader(MeshDescriptor mesh, ProblemLosses losses) {
    this.mesh = mesh;
    this.losses = losses;
  }

  /** Reads one entry: a member of the mesh, or something outside of it that the mesh knows. */
  ReadResult read(EntryFacts entry, PeerPolicies policies) {
    var obstacle = obstacle(entry);
    if (obstacle.isPresent()) {
      return new ReadResult.Unreadable(entry.object() + " " + obstacle.orElseThrow());
    }
    var path = Paths.after(entry.importedPath(), mesh.id());
    if (path.isEmpty()) {
      return new ReadResult.Unreadable(Paths.loopOf(entry.object(), entry.importedPath()));
    }
    var problems = new ArrayList<>(entry.problems());
    var ports = portsOf(entry, problems);
    if (ports.isEmpty()) {
      return new ReadResult.Unreadable(entry.object() + " has no port that could be offered");
    }
    var endpoints = endpointsOf(entry, problems);
    return new ReadResult.Readable(
        new Offer(
            new ServiceKey(mesh.id(), entry.key().namespace(), entry.key().name()),
            List.copyOf(ports.values()),
            Marks.without(entry.labels()),
            entry.hosts().stream().sorted().distinct().toList(),
            accessTo(entry, endpoints, policies),
            EndpointList.of(endpoints),
            path.orElseThrow(),
            losses.of(problems)));
  }

  private Optional<String> obstacle(EntryFacts entry) {
    if (entry.hosts().isEmpty()) {
      return Optional.of("has no host");
    }
    if (entry.hosts().stream().anyMatch(host -> host.startsWith("*"))) {
      return Optional.of("has a wildcard host, which names no single service");
    }
    switch (entry.resolution()) {
      case "STATIC", "DNS", "DNS_ROUND_ROBIN" -> {}
      default -> {
        return Optional.of(
            "has the resolution "
                + (entry.resolution().isEmpty() ? "NONE" : entry.resolution())
                + ", so it names no endpoints; use STATIC or DNS");
      }
    }
    if (entry.selectsWorkloads()) {
      return Optional.of("selects workloads, which are not read; give endpoints instead");
    }
    return Optional.empty();
  }

  private static Map<String, ServicePort> portsOf(EntryFacts entry, List<Problem> problems) {
    var ports = new LinkedHashMap<String, ServicePort>();
    for (EntryFacts.Port port : entry.ports()) {
      var protocol = IstioProtocols.ofWord(port.protocol());
      if (port.name().isEmpty() || port.name().length() > 63 || ports.containsKey(port.name())) {
        problems.add(
            Problem.malformed(
                entry.object(), port.path() + ".name", "must be unique, with 1 to 63 characters"));
      } else {
        ports.put(port.name(), new ServicePort(port.name(), port.number(), protocol));
      }
    }
    return ports;
  }

  private List<Endpoint> endpointsOf(EntryFacts entry, List<Problem> problems) {
    if (entry.endpoints().isEmpty()) {
      // With DNS and no endpoints, Istio resolves the host itself.
      return entry.resolution().equals("STATIC")
          ? List.of()
          : List.of(Endpoint.ready(entry.hosts().getFirst(), numbers(entry, Map.of())));
    }
    var endpoints = new ArrayList<Endpoint>();
    for (EntryFacts.Place place : entry.endpoints()) {
      if (place.address().isBlank()
          || place.address().startsWith("unix:")
          || place.address().length() > 253) {
        problems.add(
            Problem.malformed(
                entry.object(),
                place.path() + ".address",
                "must be an IP address or a host name; the endpoint is left out"));
      } else {
        endpoints.add(endpointOf(entry, place));
      }
    }
    return endpoints;
  }

  private Endpoint endpointOf(EntryFacts entry, EntryFacts.Place place) {
    return new Endpoint(
        place.address(),
        new TreeMap<>(numbers(entry, place.ports())),
        Health.READY,
        Math.min(place.weight(), HEAVIEST),
        localityOf(place.locality()),
        place.network(),
        Marks.without(place.labels()),
        identityOf(entry, place));
  }

  private static Map<String, Integer> numbers(EntryFacts entry, Map<String, Integer> own) {
    var numbers = new TreeMap<String, Integer>();
    for (EntryFacts.Port port : entry.ports()) {
      numbers.put(port.name(), own.getOrDefault(port.name(), port.target()));
    }
    return numbers;
  }

  private static Locality localityOf(String text) {
    var parts = List.of(text.split("/", -1));
    return new Locality(parts.getFirst(), parts.size() > 1 ? parts.get(1) : "");
  }

  private String identityOf(EntryFacts entry, EntryFacts.Place place) {
    return place.serviceAccount().isEmpty() || mesh.trustDomain().isEmpty()
        ? ""
        : "spiffe://"
            + mesh.trustDomain()
            + "/ns/"
            + entry.key().namespace()
            + "/sa/"
            + place.serviceAccount();
  }

  private static AccessPolicy accessTo(
      EntryFacts entry, List<Endpoint> endpoints, PeerPolicies policies) {
    if (entry.direct() || !entry.location().equals("MESH_INTERNAL")) {
      return AccessPolicy.OPEN;
    }
    var namespace = entry.key().namespace();
    return endpoints.stream()
        .map(
            endpoint ->
                policies.ofWorkload(
                    namespace, endpoint.labels(), new TreeSet<>(endpoint.ports().values())))
        .filter(access -> !access.equals(AccessPolicy.OPEN))
        .findFirst()
        .orElseGet(() -> policies.ofWorkload(namespace, Map.of(), new TreeSet<>()));
  }
}
