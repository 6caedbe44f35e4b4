package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.model.traffic.Sources;
import io.meshbridge.spi.reading.TracedFields;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Fields that are read into one field of the model: each leaf that is asked for becomes one of its
 * sources.
 */
public final class SourcedFields {
  private final TracedFields fields;
  private final Sources.Builder sources;
  private final String target;

  /**
   * Reads for a field of the model.
   *
   * @param target the field, relative to its part, such as {@code filters[0]}
   */
  public SourcedFields(TracedFields fields, Sources.Builder sources, String target) {
    this.fields = fields;
    this.sources = sources;
    this.target = target;
  }

  /** The fields themselves. */
  public TracedFields fields() {
    return fields;
  }

  /** The same fields, read for another field of the model. */
  public SourcedFields into(String other) {
    return new SourcedFields(fields, sources, other);
  }

  /** A text; empty if absent. */
  public Optional<String> text(String name) {
    note(name);
    return fields.text(name);
  }

  /** A text that has to be there and must not be empty; else a fault. */
  public Optional<String> required(String name) {
    var text = text(name).filter(value -> !value.isEmpty());
    if (text.isEmpty()) {
      fields.error(name, "is missing");
    }
    return text;
  }

  /** A whole number in a range; empty if absent. */
  public OptionalInt integer(String name, int min, int max) {
    note(name);
    return fields.integer(name, min, max);
  }

  /** A boolean; empty if absent. */
  public Optional<Boolean> flag(String name) {
    note(name);
    return fields.flag(name);
  }

  /** A duration with a unit; empty if absent. */
  public Optional<Duration> duration(String name) {
    note(name);
    return fields.duration(name);
  }

  /** A list of texts. */
  public List<String> texts(String name) {
    var found = fields.texts(name);
    for (int i = 0; i < found.size(); i++) {
      sources.add(target, fields.trace().ref(fields.pathOf(name) + "[" + i + "]"));
    }
    return found;
  }

  /** A nested map, read for the same field of the model. */
  public SourcedFields object(String name) {
    return new SourcedFields(fields.object(name), sources, target);
  }

  /** A list of maps, read for the same field of the model. */
  public List<SourcedFields> objects(String name) {
    return fields.objects(name).stream()
        .map(element -> new SourcedFields(element, sources, target))
        .toList();
  }

  private void note(String name) {
    if (fields.has(name)) {
      sources.add(target, fields.ref(name));
    }
  }
}
