package io.meshbridge.adapter.files;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.events.ScalarEvent;

/** What explicit tags mean. Only those of the core schema do: others would make objects of text. */
final class YamlTags {
  private static final String YAML = "tag:yaml.org,2002:";

  private YamlTags() {}

  /** What a scalar stands for; null in the document is an empty value. */
  record Scalar(Optional<Object> value) {}

  /** Empty if the tag is unknown, or does not fit the text. */
  static Optional<Scalar> value(ScalarEvent scalar) {
    var text = scalar.getValue();
    var tag = scalar.getTag();
    if (tag == null) {
      return Optional.of(new Scalar(scalar.isPlain() ? CoreSchema.value(text) : Optional.of(text)));
    }
    var resolved = CoreSchema.value(text);
    return switch (tag) {
      case "!", YAML + "str", YAML + "timestamp" -> Optional.of(new Scalar(Optional.of(text)));
      case YAML + "int", YAML + "float" -> only(resolved, Number.class);
      case YAML + "bool" -> only(resolved, Boolean.class);
      case YAML + "null" ->
          resolved.isEmpty() ? Optional.of(new Scalar(resolved)) : Optional.empty();
      default -> Optional.empty();
    };
  }

  static boolean isMapping(@Nullable String tag) {
    return tag == null || tag.equals("!") || tag.equals(YAML + "map");
  }

  static boolean isSequence(@Nullable String tag) {
    return tag == null || tag.equals("!") || tag.equals(YAML + "seq");
  }

  private static Optional<Scalar> only(Optional<Object> value, Class<?> kind) {
    return value.filter(kind::isInstance).map(present -> new Scalar(Optional.of(present)));
  }
}
