package io.meshbridge.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Something that is made of files, such as certificates, and made anew once these hold something
 * else. They are looked at whenever it is asked for. Files that cannot be used, such as those of
 * which only one is new yet, change nothing: what was made last stands until they can.
 *
 * @param <T> what is made
 */
public final class FileBacked<T> {
  private final Set<Path> files;
  private final Supplier<T> maker;
  private final Class<? extends RuntimeException> unusable;
  private final Listener listener;

  // Guards all below.
  private final ReentrantLock lock = new ReentrantLock();
  // What stood in the files when they were looked at last, whether it could be used or not.
  private Map<Path, ByteBuffer> seen;
  private T made;

  /**
   * Makes it for the first time.
   *
   * @param files those that it is made of
   * @param maker reads them, and makes it
   * @param unusable what the maker throws, now as later, if it cannot be made of them
   */
  public FileBacked(
      Set<Path> files,
      Supplier<T> maker,
      Class<? extends RuntimeException> unusable,
      Listener listener) {
    this.files = Set.copyOf(files);
    this.maker = maker;
    this.unusable = unusable;
    this.listener = listener;
    // Looked at before they are used: what changes in between is seen the next time.
    this.seen = contents();
    this.made = maker.get();
  }

  /** Hears, once for each change of the files, what came of it. */
  public interface Listener {
    /** It was made anew. */
    void renewed();

    /** It cannot be made of what the files hold now; the former stands. */
    void kept(RuntimeException reason);
  }

  /** It, as of what the files hold now. */
  public T now() {
    lock.lock();
    try {
      var contents = contents();
      if (!contents.equals(seen)) {
        seen = contents;
        renew();
      }
      return made;
    } finally {
      lock.unlock();
    }
  }

  private void renew() {
    try {
      made = maker.get();
      listener.renewed();
    } catch (RuntimeException failed) {
      if (!unusable.isInstance(failed)) {
        throw failed;
      }
      listener.kept(failed);
    }
  }

  private Map<Path, ByteBuffer> contents() {
    var contents = new HashMap<Path, ByteBuffer>();
    for (Path file : files) {
      contentOf(file).ifPresent(content -> contents.put(file, content));
    }
    return contents;
  }

  /** Empty if it cannot be read: whoever makes something of it says why. */
  private static Optional<ByteBuffer> contentOf(Path file) {
    try {
      return Optional.of(ByteBuffer.wrap(Files.readAllBytes(file)));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
