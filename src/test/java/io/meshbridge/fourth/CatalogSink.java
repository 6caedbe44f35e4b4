package io.meshbridge.fourth;

import io.meshbridge.model.Import;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.Translation;
import io.meshbridge.spi.Translator.WriteContext;
import io.meshbridge.spi.WritePermit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Keeps the lines of imports in the catalog, and every other line as it is. */
final class CatalogSink implements Sink {
  private final CatalogFile file;
  private final ConnectionContext context;
  private final CatalogTranslator translator;
  private final Pulse pulse;
  // One reads and writes the file at a time.
  private final ReentrantLock turn = new ReentrantLock();
  private final Map<ServiceKey, Wish> wishes = new ConcurrentHashMap<>();
  private volatile boolean started;

  /** What was last applied: its name, its lines, and whether somebody held the name. */
  private record Wish(String name, List<CatalogLine> lines, boolean blocked) {}

  CatalogSink(
      CatalogFile file, ConnectionContext context, CatalogTranslator translator, Pulse pulse) {
    this.file = file;
    this.context = context;
    this.translator = translator;
    this.pulse = pulse;
  }

  @Override
  public void start(Consumer<ServiceKey> touched) throws MeshUnavailableException {
    read();
    started = true;
    Thread.ofVirtual().name("catalog-sink").start(() -> watch(touched));
  }

  @Override
  public Map<ServiceKey, Ownership> owned() throws MeshUnavailableException {
    if (!started) {
      throw new MeshUnavailableException(file.path() + " has not been read yet");
    }
    var owned = new TreeMap<ServiceKey, Ownership>();
    read().forEach(line -> mark(line).ifPresent(mark -> owned.put(mark.service(), mark)));
    return owned;
  }

  @Override
  public ApplyOutcome apply(Import desired, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var target = new WriteContext(context.federation(), context.mesh().id(), "");
    return switch (translator.write(desired, target)) {
      case Translation.Refused refused -> {
        remove(desired.service(), permit);
        yield new ApplyOutcome.Refused(refused.losses());
      }
      case Translation.Written written -> apply(desired, written, permit);
    };
  }

  private ApplyOutcome apply(Import desired, Translation.Written written, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var service = desired.service();
    var wanted = written.documents().stream().map(d -> CatalogLine.of(d.content())).toList();
    turn.lockInterruptibly();
    try {
      var standing = read();
      var holder = holderOf(desired.name(), service, standing);
      wishes.put(service, new Wish(desired.name(), wanted, holder.isPresent()));
      if (holder.isPresent()) {
        replace(service, List.of(), standing, permit);
        return new ApplyOutcome.Conflict(desired.name(), "line '" + holder.get().text() + "'");
      }
      boolean wrote = replace(service, wanted, standing, permit);
      return new ApplyOutcome.Applied(desired.name(), wrote, written.losses());
    } finally {
      turn.unlock();
    }
  }

  @Override
  public boolean remove(ServiceKey service, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    turn.lockInterruptibly();
    try {
      wishes.remove(service);
      return replace(service, List.of(), read(), permit);
    } finally {
      turn.unlock();
    }
  }

  /** Writes only if our lines of this service are others than these. */
  private boolean replace(
      ServiceKey service, List<CatalogLine> wanted, List<CatalogLine> standing, WritePermit permit)
      throws MeshUnavailableException {
    if (linesOf(service, standing).equals(wanted)) {
      return false;
    }
    var lines = new ArrayList<>(standing);
    lines.removeAll(linesOf(service, standing));
    lines.addAll(wanted);
    permit.check();
    try {
      file.write(lines);
    } catch (IOException unwritable) {
      throw new MeshUnavailableException("cannot write " + file.path(), unwritable);
    }
    return true;
  }

  private void watch(Consumer<ServiceKey> touched) {
    try {
      while (true) {
        pulse.await();
        lookOnce(touched);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookOnce(Consumer<ServiceKey> touched) throws InterruptedException {
    turn.lockInterruptibly();
    try {
      var standing = read();
      wishes.forEach(
          (service, wish) -> {
            boolean taken = holderOf(wish.name(), service, standing).isPresent();
            boolean drifted = !taken && !linesOf(service, standing).equals(wish.lines());
            if (taken != wish.blocked() || drifted) {
              touched.accept(service);
            }
          });
    } catch (MeshUnavailableException unreadable) {
      // Nothing follows from it; the next look may succeed.
      return;
    } finally {
      turn.unlock();
    }
  }

  private List<CatalogLine> read() throws MeshUnavailableException {
    try {
      return file.read();
    } catch (IOException unreadable) {
      throw new MeshUnavailableException("cannot read " + file.path(), unreadable);
    }
  }

  /** A line under the name that is not of this import: somebody else's, or another import's. */
  private Optional<CatalogLine> holderOf(
      String name, ServiceKey service, List<CatalogLine> standing) {
    var own = linesOf(service, standing);
    return standing.stream()
        .filter(line -> !line.isSilent() && line.name().equals(name) && !own.contains(line))
        .findFirst();
  }

  private List<CatalogLine> linesOf(ServiceKey service, List<CatalogLine> standing) {
    return standing.stream()
        .filter(line -> mark(line).filter(m -> m.service().equals(service)).isPresent())
        .toList();
  }

  private Optional<Ownership> mark(CatalogLine line) {
    return line.ownership().filter(m -> m.isOf(context.federation(), context.mesh().id()));
  }
}
