package io.meshbridge.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The objects of the API in memory, their history, and who watches them. */
final class MemoryObjects {
  private final ReentrantLock lock = new ReentrantLock();
  // All guarded by the lock.
  private final Map<String, TreeMap<String, ObjectNode>> collections = new TreeMap<>();
  private final List<Change> history = new ArrayList<>();
  private final Set<Watcher> watchers = new HashSet<>();
  private long version = 1;
  private long forgotten;

  /**
   * One change.
   *
   * @param before empty object if it was not there
   * @param after empty object if it is gone
   */
  record Change(long version, String collection, ObjectNode before, ObjectNode after) {}

  /** Somebody who is told of changes, in their order. */
  record Watcher(String collection, Predicate<JsonNode> selector, Consumer<ObjectNode> sink) {}

  /** Runs with nobody else looking or writing. */
  <T> T alone(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  TreeMap<String, ObjectNode> collection(String name) {
    return collections.computeIfAbsent(name, n -> new TreeMap<>());
  }

  long version() {
    return version;
  }

  /** Puts an object in its next state, and tells the watchers. */
  ObjectNode put(String collection, String key, ObjectNode object) {
    version++;
    ((ObjectNode) object.get("metadata")).put("resourceVersion", Long.toString(version));
    var before = collection(collection).put(key, object);
    tell(new Change(version, collection, before == null ? empty(object) : before, object));
    return object;
  }

  void remove(String collection, String key) {
    var before = collection(collection).remove(key);
    if (before != null) {
      version++;
      var last = before.deepCopy();
      ((ObjectNode) last.get("metadata")).put("resourceVersion", Long.toString(version));
      tell(new Change(version, collection, last, empty(last)));
    }
  }

  void forgetHistory() {
    lock.lock();
    try {
      history.clear();
      forgotten = version;
    } finally {
      lock.unlock();
    }
  }

  /** Tells everything after a version, then whatever comes. */
  void watch(long from, Watcher watcher) {
    lock.lock();
    try {
      if (from < forgotten) {
        throw ApiError.gone("too old resource version: " + from + " (" + forgotten + ")");
      }
      history.stream().filter(c -> c.version() > from).forEach(c -> tell(watcher, c));
      watchers.add(watcher);
    } finally {
      lock.unlock();
    }
  }

  void unwatch(Watcher watcher) {
    lock.lock();
    try {
      watchers.remove(watcher);
    } finally {
      lock.unlock();
    }
  }

  private void tell(Change change) {
    history.add(change);
    watchers.forEach(watcher -> tell(watcher, change));
  }

  /** An object that a selector no longer, or only now, selects is gone or new for its watcher. */
  private static void tell(Watcher watcher, Change change) {
    if (!watcher.collection().equals(change.collection())) {
      return;
    }
    boolean was = !change.before().isEmpty() && watcher.selector().test(change.before());
    boolean is = !change.after().isEmpty() && watcher.selector().test(change.after());
    if (was || is) {
      var event = change.after().objectNode();
      event.put("type", is ? was ? "MODIFIED" : "ADDED" : "DELETED");
      var object = is ? change.after() : change.before().deepCopy();
      ((ObjectNode) object.get("metadata")).put("resourceVersion", Long.toString(change.version()));
      event.set("object", object);
      watcher.sink().accept(event);
    }
  }

  private static ObjectNode empty(ObjectNode any) {
    return any.objectNode();
  }
}
