package io.meshbridge.adapter.files;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Waits for something to change in a folder or its sub-folders. It may wake for nothing, and what
 * the operating system does not tell, or tells too late, is caught by looking again at intervals.
 */
final class FolderWatch implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(FolderWatch.class);

  private static final String CLOSED = "the connection was closed";

  private final Path root;
  private final Duration rescan;
  private final Duration settle;
  private final LongSupplier nanoTime;

  /** None if the system has none to give: then the rescan alone finds changes. */
  private final @Nullable WatchService watcher;

  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean blindSpotTold;

  private FolderWatch(Path root, Duration rescan, Duration settle, LongSupplier nanoTime) {
    this.root = root;
    this.rescan = rescan;
    this.settle = settle;
    this.nanoTime = nanoTime;
    this.watcher = newWatcher(root);
  }

  /**
   * Begins to watch. The folder need not exist yet.
   *
   * @param rescan the longest wait
   * @param settle how long it must be quiet after a change before the wait ends
   * @param nanoTime the monotonic clock
   */
  static FolderWatch open(Path root, Duration rescan, Duration settle, LongSupplier nanoTime) {
    var watch = new FolderWatch(root, rescan, settle, nanoTime);
    watch.watchFolders();
    return watch;
  }

  /**
   * Returns when something changed and then was quiet, and at the latest after the rescan interval.
   * A folder that never becomes quiet is not waited for beyond that interval.
   *
   * @throws InterruptedException also when the watch was closed
   */
  void awaitChange() throws InterruptedException {
    long end = nanoTime.getAsLong() + rescan.toNanos();
    boolean changed = changedWithin(rescan);
    while (changed && nanoTime.getAsLong() - end < 0) {
      changed = changedWithin(settle);
    }
    // Before the caller reads: what changes in a new folder from now on wakes the next wait.
    watchFolders();
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      if (watcher != null) {
        watcher.close();
      }
    } catch (IOException leftToTheSystem) {
      LOG.warnf(leftToTheSystem, "folder watch did not close: folder=%s", root);
    }
  }

  private boolean changedWithin(Duration patience) throws InterruptedException {
    if (watcher == null) {
      if (closed.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new InterruptedException(CLOSED);
      }
      return false;
    }
    try {
      var key = watcher.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (key == null) {
        return false;
      }
      forget(key);
      return true;
    } catch (ClosedWatchServiceException ended) {
      var interrupted = new InterruptedException(CLOSED);
      interrupted.initCause(ended);
      throw interrupted;
    }
  }

  /** What happened does not matter, since everything is looked at again. */
  private static void forget(WatchKey key) {
    key.pollEvents();
    key.reset();
  }

  private void watchFolders() {
    if (watcher == null) {
      return;
    }
    try {
      for (Path folder : FolderListing.of(root).folders()) {
        folder.register(
            watcher,
            StandardWatchEventKinds.ENTRY_CREATE,
            StandardWatchEventKinds.ENTRY_MODIFY,
            StandardWatchEventKinds.ENTRY_DELETE);
      }
      blindSpotTold = false;
    } catch (IOException blindSpot) {
      if (!blindSpotTold) {
        blindSpotTold = true;
        LOG.warnf(
            "folder cannot be watched, changes are found by rescan: folder=%s rescan=%s reason=%s",
            root, rescan, IoReasons.of(blindSpot));
      }
    } catch (ClosedWatchServiceException closedMeanwhile) {
      // The next poll says so, in the way that callers expect.
      LOG.debugf("folder watch was closed: folder=%s", root);
    }
  }

  private static @Nullable WatchService newWatcher(Path root) {
    try {
      return root.getFileSystem().newWatchService();
    } catch (IOException noneLeft) {
      LOG.warnf(
          "no folder watch is available, changes are found by rescan: folder=%s reason=%s",
          root, IoReasons.of(noneLeft));
      return null;
    }
  }
}
