package io.meshbridge.adapter.consul;

import io.meshbridge.model.Import;
import io.meshbridge.model.Location;
import io.meshbridge.model.Marks;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.Reading;
import io.meshbridge.spi.Translation;
import io.meshbridge.spi.Translator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Consul's definitions, registrations and config entries to the model, and imports back. Pure. */
public final class ConsulTranslator implements Translator {
  /** JSON: what Consul's API and tools take as it is. */
  @Override
  public FileFormat fileFormat() {
    return FileFormat.JSON;
  }

  @Override
  public Reading read(List<Document> documents, MeshDescriptor mesh, Selection selection) {
    var contents = DocumentReader.read(documents);
    var mapper = new OfferMapper(mesh.id(), selection);
    var offers = new ArrayList<Offer>();
    var unreadable = new TreeMap<ServiceKey, String>();
    var locations = new TreeMap<ServiceKey, Location>();
    contents
        .services()
        .forEach(
            (name, instances) -> {
              var key = new ServiceKey(mesh.id(), name.namespace(), name.name());
              locations.put(key, instances.getFirst().place().location(""));
              var proxies = contents.proxies().getOrDefault(name, new TreeSet<>());
              switch (mapper.map(name, instances, contents.config(), Set.copyOf(proxies))) {
                case Mapped.Offered offered -> {
                  offers.add(offered.offer());
                  offered
                      .warnings()
                      .forEach(text -> contents.warn(instances.getFirst().place(), "", text));
                }
                case Mapped.Unreadable unread -> unreadable.put(key, unread.reason());
                case Mapped.NotExported ignored -> locations.remove(key);
              }
            });
    offers.sort(Comparator.comparing(Offer::key));
    return new Reading(
        offers, unreadable, contents.diagnostics(), locations, EntryReferences.in(documents));
  }

  @Override
  public Translation write(Import service, WriteContext context) {
    return switch (ImportShape.of(service, context)) {
      case ImportShape.Shaped.Wanted wanted ->
          new Translation.Written(
              wanted.instances().stream().map(CatalogInstance::toDocument).toList(),
              wanted.callable(),
              wanted.losses());
      case ImportShape.Shaped.Refused refused -> new Translation.Refused(refused.losses());
    };
  }

  @Override
  public Optional<Ownership> ownership(Document document) {
    var service = Fields.object(document.content(), "Service");
    return Ownership.fromMarks(Marks.CONSUL, Fields.texts(service, "Meta"));
  }
}
