package io.meshbridge.translation;

import io.meshbridge.spi.Document;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes lists apart, such as {@code kubectl get -o yaml} prints. */
public final class DocumentLists {
  private DocumentLists() {}

  /** All documents; in place of a list its items, each with its own lines. */
  public static List<Document> expand(List<Document> documents) {
    return documents.stream().flatMap(document -> expand(document).stream()).toList();
  }

  private static List<Document> expand(Document document) {
    boolean isList = document.content().get("kind") instanceof String kind && kind.endsWith("List");
    if (!isList || !(document.content().get("items") instanceof List<?> items)) {
      return List.of(document);
    }
    var expanded = new ArrayList<Document>();
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Map<?, ?> item) {
        expanded.add(item(document, "items[" + i + "]", item));
      }
    }
    return expanded;
  }

  private static Document item(Document list, String path, Map<?, ?> item) {
    var content = new LinkedHashMap<String, Object>();
    item.forEach((key, value) -> content.put(String.valueOf(key), value));
    var lines = new HashMap<String, Integer>();
    list.lines()
        .forEach(
            (field, line) -> {
              if (field.startsWith(path + ".")) {
                lines.put(field.substring(path.length() + 1), line);
              }
            });
    return new Document(list.locationOf(path), content, lines);
  }
}
