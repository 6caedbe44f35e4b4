package io.meshbridge.adapter.consul;

import io.meshbridge.model.MeshId;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.WritePermit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Reads what stands of an import, and says what there is to do. */
final class SinkPlanner {
  private static final int ATTEMPTS = 6;

  private final ConnectionContext context;
  private final CatalogApi api;
  private final EntrySink entries;
  private final Transactions transactions;
  private final OwnNodes nodes;
  private final Ledger ledger;

  SinkPlanner(
      ConnectionContext context,
      CatalogApi api,
      EntrySink entries,
      Transactions transactions,
      OwnNodes nodes,
      Ledger ledger) {
    this.context = context;
    this.api = api;
    this.entries = entries;
    this.transactions = transactions;
    this.nodes = nodes;
    this.ledger = ledger;
  }

  /** What there is to do so that an import stands as it is wanted. */
  SinkStep look(NamePlan.Owner owner, MeshId origin, ImportShape.Shaped.Wanted wanted)
      throws MeshUnavailableException, InterruptedException {
    var ofEntries = entries.plan(owner, wanted.entries());
    if (ofEntries.isTaken()) {
      return SinkStep.taken(wanted.name(), ofEntries.holder(), ofEntries);
    }
    var puts = new ArrayList<TxnOp>();
    var deletes = new ArrayList<TxnOp>();
    boolean nodeDiffers = false;
    for (String name : wanted.names()) {
      var here = wanted.instances().stream().filter(i -> i.service().equals(name)).toList();
      var plan = NamePlan.of(owner, here, api.standing(name));
      if (plan.isTaken()) {
        return SinkStep.taken(name, plan.holder(), ofEntries);
      }
      puts.addAll(plan.puts());
      deletes.addAll(plan.deletes());
      nodeDiffers |= plan.nodeDiffers();
    }
    var oldNames = new TreeSet<>(ledger.namesOf(owner.service()));
    wanted.names().forEach(oldNames::remove);
    for (String name : oldNames) {
      deletes.addAll(NamePlan.of(owner, List.of(), api.standing(name)).deletes());
    }
    var operations = new ArrayList<TxnOp>();
    if (!puts.isEmpty() || nodeDiffers) {
      var node = new OwnNode(context.federation(), context.mesh().id(), origin);
      switch (nodes.look(node)) {
        case OwnNodes.NodeState.Ours ours -> operations.addAll(ours.puts());
        case OwnNodes.NodeState.Foreign foreign -> {
          return SinkStep.taken(wanted.name(), foreign.holder(), ofEntries);
        }
      }
    }
    // The new ones stand before the old ones go: at no time is there nobody to call.
    operations.addAll(puts);
    operations.addAll(deletes);
    return new SinkStep("", "", ofEntries, oldNames, operations);
  }

  /** Removes all instances of an import; whether there was any. */
  boolean removeInstances(NamePlan.Owner owner, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var removed = false;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var deletes = new ArrayList<TxnOp>();
      for (String name : ledger.namesOf(owner.service())) {
        deletes.addAll(NamePlan.of(owner, List.of(), api.standing(name)).deletes());
      }
      if (deletes.isEmpty()) {
        return removed;
      }
      switch (transactions.write(deletes, permit)) {
        case Transactions.Result.Written ignored -> removed = true;
        case Transactions.Result.Stale ignored -> {}
        case Transactions.Result.Rejected rejected ->
            throw new MeshUnavailableException(
                "import " + owner.service() + " cannot be removed: " + rejected.reason());
      }
    }
    throw new MeshUnavailableException(
        "import " + owner.service() + " kept changing while it was removed");
  }
}
