package io.meshbridge.adapter.consul;

import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.WritePermit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Our nodes: made before the first import from a mesh, removed after the last. */
final class OwnNodes {
  private final CatalogApi api;
  private final Transactions transactions;
  // Writers of services share it; who removes a node has it alone: deleting a node deletes what
  // stands on it, and another import may just be moving in.
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  /** What there is to do about a node before services are written on it. */
  sealed interface NodeState {
    /** It is there and as it should be, or this makes it so. */
    record Ours(List<TxnOp> puts) implements NodeState {}

    /** Somebody else has a node of this name. */
    record Foreign(String holder) implements NodeState {}
  }

  OwnNodes(CatalogApi api, Transactions transactions) {
    this.api = api;
    this.transactions = transactions;
  }

  /** Work during which none of our nodes may go. */
  ReentrantReadWriteLock.ReadLock inUse() {
    return lock.readLock();
  }

  NodeState look(OwnNode node) throws MeshUnavailableException, InterruptedException {
    var found = api.nodeNamed(node.name());
    if (found.isEmpty()) {
      return new NodeState.Ours(List.of(new TxnOp.PutNode(node, 0)));
    }
    var there = found.getFirst();
    var meta = Fields.texts(there, "Meta");
    if (!node.isMadeByUs(meta)) {
      return new NodeState.Foreign("node " + node.name());
    }
    var same = Fields.text(there, "Address").equals(OwnNode.ADDRESS) && meta.equals(node.meta());
    return new NodeState.Ours(
        same ? List.of() : List.of(new TxnOp.PutNode(node, Fields.index(there, "ModifyIndex"))));
  }

  /**
   * Removes the node if we made it and nothing at all is left on it. Consul cannot make the delete
   * depend on what stands on the node, so a service that somebody else puts there between read and
   * write would go with it; nobody but us has reason to.
   */
  void removeIfEmpty(OwnNode node, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    lock.writeLock().lockInterruptibly();
    try {
      var whole = api.node(node.name());
      var itself = Fields.object(whole, "Node");
      if (itself.isEmpty()
          || !node.isMadeByUs(Fields.texts(itself, "Meta"))
          || holdsServices(whole)
          || !api.checksOn(node.name()).isEmpty()) {
        return;
      }
      var delete = new TxnOp.DeleteNode(node.name(), Fields.index(itself, "ModifyIndex"));
      switch (transactions.write(List.of(delete), permit)) {
        case Transactions.Result.Written ignored -> {}
        // Somebody changed it just now; an empty node of ours harms nobody.
        case Transactions.Result.Stale ignored -> {}
        case Transactions.Result.Rejected rejected ->
            throw new MeshUnavailableException(
                "node " + node.name() + " cannot be removed: " + rejected.reason());
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private static boolean holdsServices(Map<String, Object> node) {
    return !Fields.object(node, "Services").isEmpty();
  }
}
