package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.NameSyntax;
import io.meshbridge.model.traffic.ClientMatch;
import java.util.LinkedHashMap;
import java.util.Map;

/** Says conditions on who calls, of matches of every protocol. */
final class Clients {
  private Clients() {}

  /**
   * The fields of a match.
   *
   * @param field such as {@code matches[0].client}
   */
  static Map<String, Object> of(ClientMatch client, RulePart part, String field) {
    var written = new LinkedHashMap<String, Object>();
    if (!client.labels().isEmpty()) {
      written.put("sourceLabels", client.labels());
    }
    if (!client.namespace().isEmpty()) {
      if (NameSyntax.DNS_LABEL.accepts(client.namespace())) {
        written.put("sourceNamespace", client.namespace());
      } else {
        part.unsayable(
            field + ".namespace", "'" + client.namespace() + "' is no name of a namespace", "");
      }
    }
    return written;
  }
}
