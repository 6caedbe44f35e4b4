package io.meshbridge.fourth;

import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.Observation;
import io.meshbridge.spi.Reading;
import io.meshbridge.spi.Source;
import io.meshbridge.spi.Translator;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Looks at the catalog again and again, and tells what is new. */
final class CatalogSource implements Source {
  private final CatalogFile file;
  private final ConnectionContext context;
  private final Translator translator;
  private final Pulse pulse;

  CatalogSource(CatalogFile file, ConnectionContext context, Translator translator, Pulse pulse) {
    this.file = file;
    this.context = context;
    this.translator = translator;
    this.pulse = pulse;
  }

  @Override
  public void run(Consumer<Observation> observer) throws InterruptedException {
    observer.accept(new Observation.Described(context.mesh()));
    Map<ServiceKey, Object> told = new TreeMap<>();
    boolean complete = false;
    boolean interrupted = false;
    while (true) {
      try {
        var reading =
            translator.read(file.documents(), context.mesh(), Translator.Selection.MARKED);
        // After an interruption everything is told again: nobody knows what was missed.
        tell(reading, complete ? told : new TreeMap<>(), observer);
        told.keySet().stream()
            .filter(service -> !stateOf(reading).containsKey(service))
            .forEach(gone -> observer.accept(new Observation.Withdrawn(gone, now())));
        told = stateOf(reading);
        if (!complete) {
          observer.accept(new Observation.Complete(new TreeSet<>(told.keySet()), now()));
        }
        complete = true;
        interrupted = false;
      } catch (IOException unreadable) {
        // Says nothing of any service: what is known stays.
        if (!interrupted) {
          observer.accept(new Observation.Interrupted(unreadable.toString(), now()));
        }
        complete = false;
        interrupted = true;
      }
      pulse.await();
    }
  }

  private void tell(Reading reading, Map<ServiceKey, Object> told, Consumer<Observation> observer) {
    for (var offer : reading.offers()) {
      if (!offer.equals(told.get(offer.key()))) {
        observer.accept(new Observation.Offered(offer, now()));
      }
    }
    reading
        .unreadable()
        .forEach(
            (service, reason) -> {
              if (!reason.equals(told.get(service))) {
                observer.accept(new Observation.Unreadable(service, reason, now()));
              }
            });
  }

  /** The offer of each service, or the reason why there is none. */
  private static Map<ServiceKey, Object> stateOf(Reading reading) {
    var state = new TreeMap<ServiceKey, Object>(reading.unreadable());
    reading.offers().forEach(offer -> state.put(offer.key(), offer));
    return state;
  }

  private java.time.Instant now() {
    return context.clock().instant();
  }
}
