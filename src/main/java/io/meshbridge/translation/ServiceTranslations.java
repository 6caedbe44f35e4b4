package io.meshbridge.translation;

import io.meshbridge.importing.Names;
import io.meshbridge.model.Export;
import io.meshbridge.model.Import;
import io.meshbridge.model.Loss;
import io.meshbridge.model.Marks;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.Reachability;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.Reading;
import io.meshbridge.spi.Translation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Translates the services of one reading. What they are called is settled before any is written,
 * since policies name other services.
 */
final class ServiceTranslations {
  private static final String DIRECT_ADVICE =
      "mark it "
          + Marks.KUBERNETES.address()
          + " (in Consul "
          + Marks.CONSUL.address()
          + ") direct if anyone may call its address";

  private final TranslationTarget to;
  private final MeshDescriptor origin;
  private final Reading reading;
  private final Map<ServiceKey, Offer> offers = new HashMap<>();
  private final LossPlaces places;

  ServiceTranslations(TranslationTarget to, MeshDescriptor origin, Reading reading) {
    this.to = to;
    this.origin = origin;
    this.reading = reading;
    this.places = new LossPlaces(reading);
    reading.offers().forEach(offer -> offers.putIfAbsent(offer.key(), offer));
  }

  /** All of them, in the order of their keys. */
  List<TranslatedService> all() {
    var referenced = referenced();
    var refused = new HashMap<ServiceKey, TranslatedService>();
    while (true) {
      var names = names(refused.keySet());
      var round = round(names, refused);
      var broken = brokenPromises(round, names);
      boolean concernsOthers =
          broken.stream()
              .anyMatch(s -> names.isContested(s.name()) || referenced.contains(s.key()));
      if (!concernsOthers) {
        return round;
      }
      // What was written with the names of those that are not there after all is written again.
      broken.forEach(service -> refused.put(service.key(), service));
    }
  }

  /** An offer as the target shall have it, with the names of others that its policy needs. */
  Import imported(Offer offer, NameBook names) {
    var others = names.of(offer.traffic().otherServices());
    return new Import(
        name(offer.key()), export(offer), offer.endpoints(), origin, others, exportsOf(others));
  }

  /** An import in the target's words. */
  Translation write(Import service) {
    return to.translator().write(service, to.context());
  }

  /** What a writer lost, in the words of the offer's owner. */
  List<Loss> told(Offer offer, List<Loss> losses) {
    return places.told(offer, losses);
  }

  /** Who has which name, of those that may be written. */
  private NameBook names(Set<ServiceKey> refused) {
    var names = new NameBook();
    for (Offer offer : reading.offers()) {
      if (!refused.contains(offer.key()) && barred(offer).isEmpty()) {
        names.claim(name(offer.key()), offer.key());
      }
    }
    return names;
  }

  private List<TranslatedService> round(
      NameBook names, Map<ServiceKey, TranslatedService> refused) {
    var round = new ArrayList<TranslatedService>();
    var seen = new HashSet<ServiceKey>();
    for (Offer offer : reading.offers()) {
      boolean first = seen.add(offer.key());
      var before = refused.get(offer.key());
      round.add(before == null ? translated(offer, first, names) : before);
    }
    return List.copyOf(round);
  }

  private TranslatedService translated(Offer offer, boolean first, NameBook names) {
    var losses = new ArrayList<>(offer.losses());
    var name = name(offer.key());
    var refusal = barred(offer).or(() -> taken(offer, first, name, names));
    if (refusal.isPresent()) {
      losses.add(refusal.get());
      return new TranslatedService(offer, name, Optional.empty(), losses);
    }
    var translation = write(imported(offer, names));
    losses.addAll(told(offer, translation.losses()));
    return switch (translation) {
      case Translation.Written written ->
          new TranslatedService(offer, name, Optional.of(written.documents()), losses);
      // Its losses, which say why, are all that there is.
      case Translation.Refused ignored ->
          new TranslatedService(offer, name, Optional.empty(), losses);
    };
  }

  /** Why a service must not be written, whatever it says. */
  private Optional<Loss> barred(Offer offer) {
    var access = offer.access();
    if (access.reachability() == Reachability.MESH_IDENTITY_REQUIRED) {
      return Optional.of(refusal(offer, "access", access.reason(), DIRECT_ADVICE));
    }
    return offer.path().contains(to.context().target())
        ? Optional.of(
            refusal(offer, "path", "it comes from " + to.context().target() + " itself", ""))
        : Optional.empty();
  }

  private Optional<Loss> taken(Offer offer, boolean first, String name, NameBook names) {
    return names
        .holder(name)
        .filter(holder -> !(first && holder.equals(offer.key())))
        .map(
            holder ->
                refusal(
                    offer, "name", "the name " + name + " is that of " + holder + " already", ""));
  }

  private Loss refusal(Offer offer, String path, String reason, String advice) {
    return new Loss(reading.locationOf(offer.key()), path, Loss.Outcome.REFUSED, reason, advice);
  }

  /** The services that the target refuses although they were given a name. */
  private static List<TranslatedService> brokenPromises(
      List<TranslatedService> round, NameBook names) {
    var written = new HashSet<ServiceKey>();
    round.stream().filter(TranslatedService::isWritten).forEach(s -> written.add(s.key()));
    return round.stream()
        .filter(service -> !written.contains(service.key()))
        .filter(service -> names.nameOf(service.key()).isPresent())
        .toList();
  }

  private Set<ServiceKey> referenced() {
    var others = new HashSet<ServiceKey>();
    reading.offers().forEach(offer -> others.addAll(offer.traffic().otherServices()));
    return others;
  }

  private SortedMap<ServiceKey, Export> exportsOf(SortedMap<ServiceKey, String> names) {
    var exports = new TreeMap<ServiceKey, Export>();
    names
        .keySet()
        .forEach(
            service ->
                Optional.ofNullable(offers.get(service))
                    .ifPresent(offer -> exports.put(service, export(offer))));
    return exports;
  }

  private String name(ServiceKey service) {
    return Names.render(
        to.nameTemplate(), to.nameSyntax(), service, Member.defaultHostSuffix(origin.id()));
  }

  /** Offline nothing has a first sight, and equal input shall give equal output. */
  private static Export export(Offer offer) {
    return new Export(
        offer.key(),
        offer.ports(),
        offer.labels(),
        offer.hostnames(),
        Instant.EPOCH,
        offer.path(),
        offer.access(),
        offer.traffic(),
        offer.ingress(),
        List.of());
  }
}
