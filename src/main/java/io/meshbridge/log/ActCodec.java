package io.meshbridge.log;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import io.meshbridge.orders.SignedOrder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What operators did, as records of the trail; nobody but people and their tools reads them. */
final class ActCodec {
  private static final String PREFIX = RecordKey.VERSION + "act/";

  private ActCodec() {}

  /** An order was given. */
  static OutgoingRecord given(String id, SignedOrder signed) {
    return ofOrder("order-given", id, signed);
  }

  /** An order was lifted. */
  static OutgoingRecord lifted(String id, SignedOrder signed) {
    return ofOrder("order-lifted", id, signed);
  }

  /** It was said what a mesh is in the federation from now on. */
  static OutgoingRecord memberSet(String id, Member member, String by, String why, Instant at) {
    var json = act("member-set", by, why, at);
    json.set("member", MemberCodec.json(member));
    return record(id, json, at);
  }

  /** All that was ours was removed from a mesh. */
  static OutgoingRecord uninstalled(String id, MeshId mesh, String by, String why, Instant at) {
    return record(id, act("mesh-uninstalled", by, why, at).put("mesh", mesh.value()), at);
  }

  private static OutgoingRecord ofOrder(String act, String id, SignedOrder signed) {
    var json = act(act, signed.by(), signed.why(), signed.at());
    json.set("order", OrderCodec.json(signed.order()));
    return record(id, json, signed.at());
  }

  private static ObjectNode act(String act, String by, String why, Instant at) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("act", act)
        .put("by", by)
        .put("why", why)
        .put("at", at.truncatedTo(ChronoUnit.MILLIS).toString());
  }

  /** Each under a key of its own, so that compaction leaves them all. */
  private static OutgoingRecord record(String id, ObjectNode json, Instant at) {
    return new OutgoingRecord(PREFIX + id, EventType.ACT.text(), json.toString(), at);
  }
}
