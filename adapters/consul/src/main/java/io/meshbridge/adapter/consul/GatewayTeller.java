package io.meshbridge.adapter.consul;

import io.meshbridge.adapter.consul.traffic.ServiceName;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.Observation;
import io.meshbridge.spi.Translator.Selection;
import java.time.Instant;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Tells of the gateways of a datacenter, which are nothing but configuration. Belongs to one
 * thread.
 */
final class GatewayTeller {
  private static final Logger LOG = Logger.getLogger(GatewayTeller.class);

  private final MeshId mesh;
  private final Rights rights;
  private final Consumer<Observation> observer;
  private final GatewayMapper mapper;
  private final TreeMap<ServiceName, Mapped> told = new TreeMap<>();
  private MeshConfig config = MeshConfig.EMPTY;

  GatewayTeller(MeshId mesh, Rights rights, Consumer<Observation> observer) {
    this.mesh = mesh;
    this.rights = rights;
    this.observer = observer;
    this.mapper = new GatewayMapper(mesh, Selection.MARKED);
  }

  /** Takes what was read, and tells what differs by it. */
  void configure(MeshConfig now, Instant at) throws MeshUnavailableException, InterruptedException {
    var affected = now.gatewaysAffectedSince(config);
    config = now;
    for (ServiceName name : affected) {
      // A live datacenter is read in its default namespace alone.
      if (name.namespace().equals(ServiceName.DEFAULT_NAMESPACE)) {
        tell(name, at);
      }
    }
  }

  /** What was told of and not withdrawn. */
  Set<ServiceKey> keys() {
    return told.keySet().stream()
        .map(name -> GatewayMapper.key(mesh, name))
        .collect(Collectors.toSet());
  }

  /** The gateways that are exported, by the names that rights are given for. */
  Set<String> names() {
    return told.keySet().stream()
        .map(ServiceName::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void tell(ServiceName name, Instant at)
      throws MeshUnavailableException, InterruptedException {
    var entry = config.entries().gateways().get(name);
    var mapped = entry == null ? new Mapped.NotExported() : mapper.map(entry, config);
    if (mapped.equals(told.get(name))) {
      return;
    }
    var key = GatewayMapper.key(mesh, name);
    switch (mapped) {
      case Mapped.Offered offered -> {
        offered
            .faults()
            .forEach(
                fault ->
                    LOG.warnf(
                        "export is odd mesh=%s service=%s reason=%s: %s %s",
                        mesh, key, fault.location(), fault.path(), fault.message()));
        told.put(name, mapped);
        observer.accept(new Observation.Offered(offered.offer(), at));
      }
      case Mapped.Unreadable unreadable -> {
        told.put(name, mapped);
        observer.accept(new Observation.Unreadable(key, unreadable.reason(), at));
      }
      case Mapped.NotExported ignored -> {
        if (told.containsKey(name)) {
          if (entry == null) {
            // An old server hides without a word what our token may no longer see.
            rights.requireRead(Set.of(name.name()), Set.of());
          }
          told.remove(name);
          observer.accept(new Observation.Withdrawn(key, at));
        }
      }
    }
  }
}
