package io.meshbridge.testkit.reference;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Documents as people write them. */
final class Yaml {
  private Yaml() {}

  /** The documents of all these texts. */
  static List<Map<String, Object>> documents(String... texts) {
    var documents = new ArrayList<Map<String, Object>>();
    for (String text : texts) {
      for (String document : text.split("(?m)^---$", -1)) {
        documents.add(document(document));
      }
    }
    return documents;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> document(String text) {
    // With its mark, a document that begins with a brace is YAML all the same.
    return Serialization.unmarshal("---\n" + text, Map.class);
  }
}
