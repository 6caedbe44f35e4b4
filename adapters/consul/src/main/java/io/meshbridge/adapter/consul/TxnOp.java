package io.meshbridge.adapter.consul;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * One operation of a transaction, with check-and-set throughout: index 0 creates and fails if the
 * thing is there; any other index changes or deletes that very version and nothing else.
 */
sealed interface TxnOp {
  /** As the transaction endpoint takes it. */
  Map<String, Object> toJson();

  /** The rule that a token needs for it. */
  String right();

  /** Creates or changes one of our nodes. */
  record PutNode(OwnNode node, long index) implements TxnOp {
    @Override
    public Map<String, Object> toJson() {
      var entry = new LinkedHashMap<String, Object>();
      entry.put("Node", node.name());
      entry.put("Address", OwnNode.ADDRESS);
      entry.put("Meta", new TreeMap<>(node.meta()));
      entry.put("ModifyIndex", index);
      return Map.of("Node", Map.of("Verb", "cas", "Node", entry));
    }

    @Override
    public String right() {
      return "node \"" + node.name() + "\" { policy = \"write\" }";
    }
  }

  /** Deletes one of our nodes. */
  record DeleteNode(String node, long index) implements TxnOp {
    @Override
    public Map<String, Object> toJson() {
      return Map.of(
          "Node", Map.of("Verb", "delete-cas", "Node", Map.of("Node", node, "ModifyIndex", index)));
    }

    @Override
    public String right() {
      return "node \"" + node + "\" { policy = \"write\" }";
    }
  }

  /** Creates or changes a service entry. */
  record PutService(CatalogInstance instance, long index) implements TxnOp {
    @Override
    public Map<String, Object> toJson() {
      var entry = instance.serviceEntry();
      entry.put("ModifyIndex", index);
      var op = new LinkedHashMap<String, Object>();
      op.put("Verb", "cas");
      op.put("Node", instance.node().name());
      op.put("Service", entry);
      return Map.of("Service", op);
    }

    @Override
    public String right() {
      return "service \"" + instance.service() + "\" { policy = \"write\" }";
    }
  }

  /** Deletes a service entry, and with it its checks. */
  record DeleteService(String node, String service, String id, long index) implements TxnOp {
    @Override
    public Map<String, Object> toJson() {
      var entry = new LinkedHashMap<String, Object>();
      entry.put("ID", id);
      // Refused without the name, although the id alone would do.
      entry.put("Service", service);
      entry.put("ModifyIndex", index);
      return Map.of("Service", Map.of("Verb", "delete-cas", "Node", node, "Service", entry));
    }

    @Override
    public String right() {
      return "service \"" + service + "\" { policy = \"write\" }";
    }
  }

  /** Creates or changes the check of a service entry. */
  record PutCheck(CatalogInstance instance, long index) implements TxnOp {
    @Override
    public Map<String, Object> toJson() {
      var entry = instance.checkEntry();
      entry.put("ModifyIndex", index);
      return Map.of("Check", Map.of("Verb", "cas", "Check", entry));
    }

    @Override
    public String right() {
      return "service \"" + instance.service() + "\" { policy = \"write\" }";
    }
  }
}
