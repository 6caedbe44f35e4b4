package io.meshbridge.log;

import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Who takes part in the federation, as far as the log has told. Safe for any thread. */
public final class MembersView {
  private final List<Consumer<Map<MeshId, Member>>> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  // Written under the lock; one immutable value, so that readers need none.
  private volatile State state = new State(Map.of(), -1, Long.MAX_VALUE);

  /**
   * @param handled the offset of the last record taken in; -1 before
   * @param last the offset of the last record that stood in the topic at the start; a great one
   *     before that is known
   */
  private record State(Map<MeshId, Member> members, long handled, long last) {
    private boolean isComplete() {
      return handled >= last;
    }
  }

  /** All members by their ids, also retired ones; immutable. */
  public Map<MeshId, Member> current() {
    return state.members();
  }

  /**
   * Whether all that stood in the topic at the start has been taken in. Before that a mesh that is
   * missing may yet turn out to be a member.
   */
  public boolean complete() {
    return state.isComplete();
  }

  /**
   * Hears of every later change, of becoming complete as well, with all members. The call comes
   * from the thread that reads and must only hand over to another.
   */
  public void onChange(Consumer<Map<MeshId, Member>> listener) {
    listeners.add(listener);
  }

  /** Takes in what a record says. */
  void handled(long offset, MemberCodec.Decoded record) {
    lock.lock();
    try {
      var before = state;
      var members = new TreeMap<>(before.members());
      switch (record) {
        case MemberCodec.Decoded.Known(var member) -> members.put(member.id(), member);
        case MemberCodec.Decoded.Gone(var mesh) -> members.remove(mesh);
        case MemberCodec.Decoded.NotUnderstood ignored -> {}
        case MemberCodec.Decoded.Poison ignored -> {}
      }
      become(new State(unmodifiable(members), offset, before.last()));
    } finally {
      lock.unlock();
    }
  }

  /** Learns which record is the last of those that stood in the topic at the start; -1 if none. */
  void mustReach(long lastOffset) {
    lock.lock();
    try {
      become(new State(state.members(), state.handled(), lastOffset));
    } finally {
      lock.unlock();
    }
  }

  private void become(State next) {
    var before = state;
    state = next;
    if (!before.members().equals(next.members()) || before.isComplete() != next.isComplete()) {
      listeners.forEach(listener -> listener.accept(next.members()));
    }
  }

  private static Map<MeshId, Member> unmodifiable(TreeMap<MeshId, Member> members) {
    return Collections.unmodifiableSortedMap(members);
  }
}
