package io.meshbridge.translation;

import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.Reading;
import java.util.List;
import java.util.stream.Stream;

/** Tells what a writer lost in the words of the service's owner, where its owner can look. */
final class LossPlaces {
  private final Reading reading;

  LossPlaces(Reading reading) {
    this.reading = reading;
  }

  List<Loss> told(Offer offer, List<Loss> losses) {
    return losses.stream().flatMap(loss -> told(offer, loss)).distinct().toList();
  }

  private Stream<Loss> told(Offer offer, Loss loss) {
    // Whoever writes knows the service alone; where it is declared, its owner can look.
    var declared = reading.locationOf(offer.key());
    return offer.inOwnersWords(List.of(loss)).stream()
        .map(words -> words.at(words.equals(loss) ? declared : placeOf(words)));
  }

  private Location placeOf(Loss words) {
    return reading.locationOf(words.location().file(), words.path()).orElse(words.location());
  }
}
