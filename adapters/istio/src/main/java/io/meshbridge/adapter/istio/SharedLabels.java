package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.KubeObject;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.SortedMap;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Labels of pods, of which most are the same as another pod's: each set of labels is kept once, as
 * long as any pod has it.
 */
final class SharedLabels {
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by the lock.
  private final Map<SortedMap<String, String>, WeakReference<SortedMap<String, String>>> known =
      new WeakHashMap<>();

  /** The labels of a pod; equal ones are one object. */
  SortedMap<String, String> of(KubeObject pod) {
    lock.lock();
    try {
      var reference = known.get(pod.labels());
      var shared = reference == null ? null : reference.get();
      if (shared != null) {
        return shared;
      }
      known.put(pod.labels(), new WeakReference<>(pod.labels()));
      return pod.labels();
    } finally {
      lock.unlock();
    }
  }
}
