package io.meshbridge.adapter.kubernetes;

import io.meshbridge.spi.Document;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Takes documents of a List kind, as {@code kubectl get -o yaml} prints them, apart. */
public final class ListKinds {
  private ListKinds() {}

  /** The items of a List, each with its own lines; else the document itself. */
  public static List<Document> expand(Document document) {
    var kind = document.content().get("kind");
    if (!(kind instanceof String name && name.endsWith("List"))
        || !(document.content().get("items") instanceof List<?> items)) {
      return List.of(document);
    }
    var documents = new ArrayList<Document>();
    for (int index = 0; index < items.size(); index++) {
      if (items.get(index) instanceof Map<?, ?> item) {
        documents.add(itemOf(document, "items[" + index + "]", item));
      }
    }
    return documents;
  }

  private static Document itemOf(Document list, String path, Map<?, ?> item) {
    var lines = new HashMap<String, Integer>();
    var prefix = Pattern.compile("^" + Pattern.quote(path) + "\\.?");
    list.lines()
        .forEach(
            (field, line) -> {
              if (field.startsWith(path + ".")) {
                lines.put(prefix.matcher(field).replaceFirst(""), line);
              }
            });
    var content = new java.util.LinkedHashMap<String, Object>();
    item.forEach((key, value) -> content.put(String.valueOf(key), value));
    return new Document(list.locationOf(path), content, lines);
  }
}
