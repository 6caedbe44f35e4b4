package io.meshbridge.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.Reachability;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.ServicePort;
import io.meshbridge.spi.Offer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What every target must hold, worked out from what people did. It shares no code with the engine:
 * it knows no fold, no claims, no planner, and builds everything anew each time.
 */
final class Oracle {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Collection<SimMesh> meshes;
  private final Map<MeshId, Member> members;
  private final Set<MeshId> transit;
  private final Map<MeshId, SimTopic> topics;

  Oracle(
      Collection<SimMesh> meshes,
      Map<MeshId, Member> members,
      Set<MeshId> transit,
      Map<MeshId, SimTopic> topics) {
    this.meshes = meshes;
    this.members = members;
    this.transit = transit;
    this.topics = topics;
  }

  /**
   * An import as it must be.
   *
   * @param name the whole name if the service has the plain one, else what its name begins with
   * @param isPlain whether it has the plain name
   */
  record Expected(
      String name,
      boolean isPlain,
      List<ServicePort> ports,
      Map<String, String> labels,
      FederationPath path,
      Set<Endpoint> endpoints) {}

  /** Whether a service that is offered may be in a target, as things are now. */
  static boolean mayHave(Offer offer, SimMesh origin, SimMesh target, Map<MeshId, Member> members) {
    var member = members.get(origin.id());
    return member != null
        && member.state() == Member.State.ACTIVE
        && (member.importers().isEmpty() || member.importers().contains(target.id()))
        && !offer.path().meshes().contains(target.id())
        && offer.access().reachability() == Reachability.PLAIN
        && (origin.descriptor().network().isEmpty()
            || target.target().mesh().network().isEmpty()
            || origin.descriptor().network().equals(target.target().mesh().network()));
  }

  /** What each target must hold in the end. */
  Map<MeshId, Map<ServiceKey, Expected>> expected() {
    Map<MeshId, Map<ServiceKey, Offer>> offered = ownOffers();
    while (true) {
      var current = offered;
      var wanted = new TreeMap<MeshId, Map<ServiceKey, Expected>>();
      for (SimMesh target : meshes) {
        wanted.put(target.id(), importsOf(target, current));
      }
      var next = ownOffers();
      for (SimMesh mesh : meshes) {
        if (transit.contains(mesh.id())) {
          wanted
              .get(mesh.id())
              .forEach(
                  (service, what) -> {
                    var mirror = mirrorOf(service, what, current, mesh.id());
                    next.get(mesh.id()).put(mirror.key(), mirror);
                  });
        }
      }
      if (next.equals(current)) {
        return wanted;
      }
      offered = next;
    }
  }

  private Map<MeshId, Map<ServiceKey, Offer>> ownOffers() {
    var offers = new TreeMap<MeshId, Map<ServiceKey, Offer>>();
    meshes.forEach(mesh -> offers.put(mesh.id(), new TreeMap<>(mesh.own())));
    return offers;
  }

  private static Offer mirrorOf(
      ServiceKey service, Expected what, Map<MeshId, Map<ServiceKey, Offer>> offered, MeshId mesh) {
    var original = offered.get(service.mesh()).get(service);
    var meshesOnTheWay = new ArrayList<>(what.path().meshes());
    meshesOnTheWay.add(mesh);
    return new Offer(
        new ServiceKey(
            mesh,
            "imported",
            String.join("-", service.mesh().value(), service.namespace(), service.name())),
        what.ports(),
        original.labels(),
        original.hostnames(),
        original.access(),
        EndpointList.of(what.endpoints()),
        new FederationPath(meshesOnTheWay),
        List.of());
  }

  private Map<ServiceKey, Expected> importsOf(
      SimMesh target, Map<MeshId, Map<ServiceKey, Offer>> offered) {
    var byName = new HashMap<String, List<ServiceKey>>();
    var offers = new TreeMap<ServiceKey, Offer>();
    for (SimMesh origin : meshes) {
      offered
          .get(origin.id())
          .forEach(
              (service, offer) -> {
                // A name is claimed also by what is refused for want of a way there.
                if (wantsName(offer, origin, target)) {
                  byName
                      .computeIfAbsent(plainName(service, target), any -> new ArrayList<>())
                      .add(service);
                }
                if (mayHave(offer, origin, target, members)) {
                  offers.put(service, offer);
                }
              });
    }
    var expected = new TreeMap<ServiceKey, Expected>();
    offers.forEach(
        (service, offer) -> {
          var plain = plainName(service, target);
          boolean isFirst = first(byName.get(plain)).equals(service);
          if (!isFirst || !target.sink().foreignNames().contains(plain)) {
            expected.put(service, expectedOf(service, offer, plain, isFirst));
          }
        });
    return expected;
  }

  private boolean wantsName(Offer offer, SimMesh origin, SimMesh target) {
    var member = members.get(origin.id());
    return member != null
        && member.state() == Member.State.ACTIVE
        && (member.importers().isEmpty() || member.importers().contains(target.id()))
        && !offer.path().meshes().contains(target.id());
  }

  private Expected expectedOf(ServiceKey service, Offer offer, String plain, boolean isFirst) {
    var endpoints = new TreeSet<Endpoint>(Comparator.comparing(Endpoint::address));
    for (Endpoint endpoint : offer.endpoints().endpoints()) {
      if (isInRange(endpoint.address(), members.get(service.mesh()))) {
        endpoints.add(endpoint);
      }
    }
    int dot = plain.indexOf('.');
    var start = (dot < 0 ? plain : plain.substring(0, dot)) + "-";
    return new Expected(
        isFirst ? plain : start, isFirst, offer.ports(), offer.labels(), offer.path(), endpoints);
  }

  /** The simulation knows two ranges only: everything, and what ends in an even number. */
  private static boolean isInRange(String address, Member member) {
    return member.addressRanges().isEmpty() || member.addressRanges().contains(address + "/32");
  }

  private ServiceKey first(List<ServiceKey> rivals) {
    return rivals.stream()
        .min(
            Comparator.comparing(this::firstSeen)
                .thenComparing(service -> service.mesh().value())
                .thenComparing(ServiceKey::namespace)
                .thenComparing(ServiceKey::name))
        .orElseThrow();
  }

  static String plainName(ServiceKey service, SimMesh target) {
    return target.target().nameTemplate().contains(".")
        ? service.name() + "." + service.namespace() + "." + service.mesh() + ".mesh.internal"
        : service.name() + "-" + service.mesh();
  }

  /** Only the log knows since when a service is exported. */
  private Instant firstSeen(ServiceKey service) {
    var key = "v1/export/" + service.namespace() + "/" + service.name();
    var json = topics.get(service.mesh()).values().get(key);
    if (json == null) {
      return Instant.MAX;
    }
    try {
      return Instant.parse(JSON.readTree(json).path("firstSeen").asText());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("no JSON: " + json, impossible);
    }
  }
}
