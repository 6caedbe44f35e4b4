package io.meshbridge.adapter.consul;

import io.meshbridge.adapter.consul.traffic.ConfigEntry;
import io.meshbridge.adapter.consul.traffic.ConfigKind;
import io.meshbridge.adapter.consul.traffic.GatewayReader;
import io.meshbridge.adapter.consul.traffic.ServiceName;
import io.meshbridge.model.Location;
import io.meshbridge.model.Marks;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.Reading;
import io.meshbridge.spi.Translator.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** All services that a set of documents holds or speaks of, as offers. */
final class DocumentTranslation {
  private final MeshId mesh;
  private final Selection selection;
  private final DocumentReader.Contents contents;
  private final OfferMapper mapper;
  private final List<Offer> offers = new ArrayList<>();
  private final TreeMap<ServiceKey, String> unreadable = new TreeMap<>();
  private final TreeMap<ServiceKey, Location> locations = new TreeMap<>();

  DocumentTranslation(MeshId mesh, Selection selection, DocumentReader.Contents contents) {
    this.mesh = mesh;
    this.selection = selection;
    this.contents = contents;
    this.mapper = new OfferMapper(mesh, selection);
  }

  Reading reading() {
    contents.services().forEach(this::add);
    if (selection == Selection.ALL) {
      contents.config().entries().services().stream()
          .filter(name -> !contents.services().containsKey(name))
          .forEach(this::addWithoutInstances);
    }
    contents.config().entries().gateways().values().forEach(this::addGateway);
    offers.sort(Comparator.comparing(Offer::key));
    // What is wrong with everybody's configuration is found with each service.
    var diagnostics = contents.diagnostics().stream().distinct().toList();
    return new Reading(offers, unreadable, diagnostics, locations);
  }

  private void add(ServiceName name, List<Instance> instances) {
    var key = name.in(mesh);
    var place = instances.getFirst().place();
    var proxies = contents.proxies().getOrDefault(name, new TreeSet<>());
    switch (mapper.map(name, instances, contents.config(), Set.copyOf(proxies))) {
      case Mapped.Offered offered -> {
        locations.put(key, place.location(""));
        offered.warnings().forEach(text -> contents.warn(place, "", text));
        add(offered);
      }
      case Mapped.Unreadable unread -> {
        locations.put(key, place.location(""));
        unreadable.put(key, unread.reason());
      }
      case Mapped.NotExported ignored -> {}
    }
  }

  private void addWithoutInstances(ServiceName name) {
    var entry = firstEntry(name);
    // What stands for the routes of an import is no service of its own.
    if (entry.isEmpty() || Ownership.fromMarks(Marks.CONSUL, entry.get().meta()).isPresent()) {
      return;
    }
    var place = new Place(entry.get().document(), "");
    locations.put(name.in(mesh), place.location(""));
    contents.warn(
        place,
        "",
        "no document registers an instance of "
            + name
            + "; it is read without any, with port "
            + PortMapper.ASSUMED_PORT);
    add(mapper.withoutInstances(name, contents.config()));
  }

  private void addGateway(ConfigEntry gateway) {
    var gateways = new GatewayMapper(mesh, selection);
    if (!gateways.isWanted(gateway)) {
      return;
    }
    var key = GatewayMapper.key(mesh, gateway.name());
    var place = new Place(gateway.document(), "");
    locations.put(key, place.location(""));
    var traffic = GatewayReader.read(mesh, contents.config().entries(), gateway);
    contents.diagnostics().addAll(traffic.faults());
    switch (gateways.map(gateway, traffic)) {
      case Mapped.Offered offered -> offers.add(offered.offer());
      case Mapped.Unreadable unread -> unreadable.put(key, unread.reason());
      case Mapped.NotExported ignored ->
          contents.warn(place, "Listeners", "there is none, so nothing comes in by this gateway");
    }
  }

  private void add(Mapped.Offered offered) {
    offers.add(offered.offer());
    contents.diagnostics().addAll(offered.faults());
  }

  private Optional<ConfigEntry> firstEntry(ServiceName name) {
    return Arrays.stream(ConfigKind.values())
        .filter(ConfigKind::isOfService)
        .flatMap(kind -> contents.config().entries().find(kind, name).stream())
        .findFirst();
  }
}
