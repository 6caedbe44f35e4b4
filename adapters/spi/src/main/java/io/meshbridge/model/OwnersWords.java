package io.meshbridge.model;

import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.Ingress;
import io.meshbridge.model.traffic.TrafficPolicy;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Stream;

/**
 * Tells losses of a service in the words of its owner: by the native fields that the parts of its
 * policy and of its ingress were read from.
 *
 * @param traffic how the owner wants its traffic treated
 * @param ingress where requests from outside come in, if it is a gateway
 */
public record OwnersWords(TrafficPolicy traffic, Optional<Ingress> ingress) {
  /** Of a service of which its owner says nothing. */
  public static final OwnersWords NONE = new OwnersWords(TrafficPolicy.NONE, Optional.empty());

  /**
   * All native fields that were read, each once: of a gateway those of its listeners first, then
   * those of the policy.
   */
  public SequencedSet<FieldRef> fields() {
    var fields = new LinkedHashSet<FieldRef>();
    ingress.ifPresent(gateway -> fields.addAll(gateway.sourcesOf("listeners")));
    traffic.sources().forEach(sources -> sources.fields().values().forEach(fields::addAll));
    return fields;
  }

  /**
   * What is lost below {@code traffic} or {@code ingress} is told by the fields that it was read
   * from, one loss for each; where a gateway is lost as a whole, all its fields are. Other losses
   * stay as they are.
   */
  public List<Loss> of(List<Loss> losses) {
    return losses.stream().flatMap(this::of).distinct().toList();
  }

  private Stream<Loss> of(Loss loss) {
    var fields = sourcesOf(loss.path());
    return fields.isEmpty() ? Stream.of(loss) : fields.stream().map(field -> told(loss, field));
  }

  private Collection<FieldRef> sourcesOf(String path) {
    if (path.equals(Ingress.FIELD)) {
      return fields();
    }
    if (path.startsWith(TrafficPolicy.FIELD + ".")) {
      return traffic.sourcesOf(path.substring(TrafficPolicy.FIELD.length() + 1));
    }
    return path.startsWith(Ingress.FIELD + ".")
        ? ingress
            .map(listeners -> listeners.sourcesOf(path.substring(Ingress.FIELD.length() + 1)))
            .orElse(List.of())
        : List.of();
  }

  private static Loss told(Loss loss, FieldRef field) {
    return new Loss(
        Location.of(field.object()), field.path(), loss.outcome(), loss.reason(), loss.advice());
  }
}
