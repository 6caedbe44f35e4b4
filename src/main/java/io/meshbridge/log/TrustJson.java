package io.meshbridge.log;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshbridge.model.TrustBundle;
import java.time.Duration;

/** What a mesh's identities chain to, as JSON. */
final class TrustJson {
  private static final long A_DAY = Duration.ofDays(1).toSeconds();

  private TrustJson() {}

  static ObjectNode write(TrustBundle bundle) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("trustDomain", bundle.trustDomain())
            .put("sequence", bundle.sequence())
            .put("refreshHintSeconds", bundle.refreshHint().toSeconds());
    var roots = json.putArray("roots");
    bundle.roots().forEach(roots::add);
    return json;
  }

  static TrustBundle read(JsonObject json) throws MalformedValueException {
    return new TrustBundle(
        json.text("trustDomain"),
        json.texts("roots"),
        json.whole("sequence", 1L, Long.MAX_VALUE),
        Duration.ofSeconds(json.whole("refreshHintSeconds", 1L, A_DAY)));
  }
}
