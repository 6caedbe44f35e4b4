package io.meshbridge.adapter.files;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.MeshUnavailableException;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the imports again whenever something in their folder changes, on a thread of its own.
 */
final class DriftWatch implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(DriftWatch.class);

  private final FilesSettings settings;
  private final MeshId mesh;
  private final LongSupplier nanoTime;
  private final Closing closing = new Closing();
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by lock.
  private @Nullable Thread thread;

  DriftWatch(FilesSettings settings, MeshId mesh, LongSupplier nanoTime) {
    this.settings = settings;
    this.mesh = mesh;
    this.nanoTime = nanoTime;
  }

  /** Finds out which services were touched since the last time. */
  @FunctionalInterface
  interface Scan {
    Set<ServiceKey> touched() throws MeshUnavailableException, InterruptedException;
  }

  /** Begins to watch; a second start changes nothing. */
  void start(Scan scan, Consumer<ServiceKey> touched) {
    lock.lock();
    try {
      if (thread == null) {
        thread = Thread.ofVirtual().name("files-drift-" + mesh).start(() -> watch(scan, touched));
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    closing.close();
    lock.lock();
    try {
      if (thread != null) {
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  private void watch(Scan scan, Consumer<ServiceKey> touched) {
    boolean reachable = true;
    try (var watch =
        FolderWatch.open(settings.imports(), settings.rescan(), settings.settle(), nanoTime)) {
      closing.register(watch);
      while (true) {
        reachable = look(scan, touched, reachable);
        watch.awaitChange();
      }
    } catch (InterruptedException closed) {
      LOG.debugf("imports are no longer watched: mesh=%s", mesh);
    }
  }

  private boolean look(Scan scan, Consumer<ServiceKey> touched, boolean reachable)
      throws InterruptedException {
    try {
      scan.touched().forEach(touched);
      if (!reachable) {
        LOG.infof("imports can be read again: mesh=%s folder=%s", mesh, settings.imports());
      }
      return true;
    } catch (MeshUnavailableException fault) {
      if (reachable) {
        LOG.warnf("imports cannot be read: mesh=%s reason=%s", mesh, fault.getMessage());
      }
      return false;
    }
  }
}
