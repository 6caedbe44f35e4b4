package io.meshbridge.adapter.kubernetes;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.Optional;

/** Reads YAML that stands as a text in a ConfigMap. */
public final class EmbeddedYaml {
  private final KubernetesSerialization yaml = new KubernetesSerialization();

  /** For any number of texts. */
  public EmbeddedYaml() {}

  /** The fields of the text, none if it is empty; empty if it is no YAML object. */
  public Optional<Fields> read(String text) {
    try {
      Object value = text.isBlank() ? Map.of() : yaml.unmarshal(text, Object.class);
      return value instanceof Map<?, ?> map
          ? Optional.of(Fields.of(map, "", Problems.NONE))
          : Optional.empty();
    } catch (RuntimeException malformed) {
      return Optional.empty();
    }
  }
}
