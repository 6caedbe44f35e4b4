package io.meshbridge.adapter.consul;

import java.util.List;
import java.util.Set;

/**
 * What there is to do about an import.
 *
 * @param name the name that somebody else holds; empty if nobody does
 * @param holder who
 * @param entries what there is to do about its config entries
 * @param gone names under which it stood and is not to stand
 * @param operations what there is to do about its instances
 */
record SinkStep(
    String name, String holder, EntryPlan entries, Set<String> gone, List<TxnOp> operations) {
  SinkStep {
    gone = Set.copyOf(gone);
    operations = List.copyOf(operations);
  }

  static SinkStep taken(String name, String holder, EntryPlan entries) {
    return new SinkStep(name, holder, entries, Set.of(), List.of());
  }

  boolean isDone() {
    return entries.isDone() && operations.isEmpty();
  }
}
