package io.meshbridge.translation;

import io.meshbridge.model.Loss;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Offer;
import java.util.List;
import java.util.Optional;

/**
 * What came of one service.
 *
 * @param offer the service as it was read
 * @param name what clients in the target call
 * @param written the target's objects, in the order in which they have to be written; empty if it
 *     was refused
 * @param losses what could not be said, each where its owner can look
 */
public record TranslatedService(
    Offer offer, String name, Optional<List<NativeDocument>> written, List<Loss> losses) {
  /** Copies. */
  public TranslatedService {
    written = written.map(List::copyOf);
    losses = List.copyOf(losses);
  }

  /** Which service. */
  public ServiceKey key() {
    return offer.key();
  }

  /** Whether the target shall hold it. */
  public boolean isWritten() {
    return written.isPresent();
  }

  /** The target's objects; none if it was refused. */
  public List<NativeDocument> documents() {
    return written.orElse(List.of());
  }
}
