package io.meshbridge.adapter.consul;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServiceKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * What has to be written under one service name so that it holds what an import wants. Pure.
 *
 * @param holder who else holds the name; empty if nobody does
 * @param puts what is missing or differs; nothing if somebody else holds the name
 * @param deletes what is ours and not wanted: all of it if somebody else holds the name
 * @param nodeDiffers whether a wanted instance stands on a node that is not as we make it
 */
record NamePlan(String holder, List<TxnOp> puts, List<TxnOp> deletes, boolean nodeDiffers) {
  NamePlan {
    puts = List.copyOf(puts);
    deletes = List.copyOf(deletes);
  }

  boolean isTaken() {
    return !holder.isEmpty();
  }

  boolean isDone() {
    return puts.isEmpty() && deletes.isEmpty() && !nodeDiffers;
  }

  /** Whose view it is: what bears these marks is ours. */
  record Owner(String federation, MeshId target, ServiceKey service) {
    boolean owns(Standing standing) {
      return owns(standing.ownership());
    }

    boolean owns(Optional<Ownership> ownership) {
      return ownership
          .filter(o -> o.isOf(federation, target) && o.service().equals(service))
          .isPresent();
    }
  }

  /**
   * Compares.
   *
   * @param wanted what the import wants under this name
   * @param standing everything that stands there
   */
  static NamePlan of(Owner owner, List<CatalogInstance> wanted, List<Standing> standing) {
    var ours = new HashMap<String, Standing>();
    var deletes = new ArrayList<TxnOp>();
    var foreign = new ArrayList<Standing>();
    for (Standing there : standing) {
      if (owner.owns(there)) {
        ours.put(there.node() + "/" + there.id(), there);
      } else {
        foreign.add(there);
      }
    }
    var puts = new ArrayList<TxnOp>();
    boolean nodeDiffers = false;
    if (foreign.isEmpty()) {
      for (CatalogInstance instance : wanted) {
        var there = ours.remove(instance.node().name() + "/" + instance.id());
        addPuts(instance, there, puts);
        nodeDiffers |= there != null && !there.standsOn(instance.node());
      }
    }
    ours.values().stream()
        .sorted(Comparator.comparing(Standing::node).thenComparing(Standing::id))
        .forEach(there -> deletes.add(delete(there)));
    var holder = foreign.stream().map(Standing::describe).sorted().findFirst().orElse("");
    return new NamePlan(holder, puts, deletes, nodeDiffers);
  }

  private static void addPuts(
      CatalogInstance wanted, @org.jspecify.annotations.Nullable Standing there, List<TxnOp> puts) {
    if (there == null) {
      puts.add(new TxnOp.PutService(wanted, 0));
      puts.add(new TxnOp.PutCheck(wanted, 0));
      return;
    }
    if (!there.says(wanted)) {
      puts.add(new TxnOp.PutService(wanted, there.modifyIndex()));
    }
    var check = there.checks().stream().filter(c -> c.id().equals(wanted.checkId())).findFirst();
    if (check.isEmpty()) {
      puts.add(new TxnOp.PutCheck(wanted, 0));
    } else if (!check.get().status().equals(wanted.status())
        || !check.get().name().equals(CatalogInstance.CHECK_NAME)) {
      puts.add(new TxnOp.PutCheck(wanted, check.get().modifyIndex()));
    }
  }

  private static TxnOp delete(Standing there) {
    return new TxnOp.DeleteService(there.node(), there.service(), there.id(), there.modifyIndex());
  }
}
