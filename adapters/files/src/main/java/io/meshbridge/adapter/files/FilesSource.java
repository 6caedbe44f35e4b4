package io.meshbridge.adapter.files;

import io.meshbridge.adapter.files.Exported.Phase;
import io.meshbridge.adapter.files.Exported.Step;
import io.meshbridge.model.Diagnostic;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.Observation;
import io.meshbridge.spi.Source;
import io.meshbridge.spi.Translator;
import io.meshbridge.spi.Translator.Selection;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Watches a folder, and says what its manifests offer. Reads in rounds: look at the folder,
 * translate it whole if something changed, say the difference, wait.
 */
final class FilesSource implements Source, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(FilesSource.class);

  private final FilesSettings settings;
  private final ConnectionContext context;
  private final Translator translator;
  private final LongSupplier nanoTime;
  private final Closing closing = new Closing();

  FilesSource(
      FilesSettings settings,
      ConnectionContext context,
      Translator translator,
      LongSupplier nanoTime) {
    this.settings = settings;
    this.context = context;
    this.translator = translator;
    this.nanoTime = nanoTime;
  }

  @Override
  public void run(Consumer<Observation> observer) throws InterruptedException {
    observer.accept(new Observation.Described(context.mesh()));
    var run = new Run(observer);
    try (var watch =
        FolderWatch.open(settings.folder(), settings.rescan(), settings.settle(), nanoTime)) {
      closing.register(watch);
      try {
        while (true) {
          run.round();
          watch.awaitChange();
        }
      } finally {
        closing.release(watch);
      }
    }
  }

  /** Ends a run that is under way, as an interrupt does. */
  @Override
  public void close() {
    closing.close();
  }

  /** One run, from the first reading on. */
  private final class Run {
    private final Consumer<Observation> observer;
    private final ManifestFolder folder =
        new ManifestFolder(settings.folder(), new ManifestReader(), context.clock());
    private final FolderView view = new FolderView();
    private final Vanishing vanishing = new Vanishing(settings.folder());
    private final FaultLog log = new FaultLog(context.mesh().id());
    private Exported exported = Exported.NOTHING_YET;
    private boolean everWhole;

    Run(Consumer<Observation> observer) {
      this.observer = observer;
    }

    void round() throws InterruptedException {
      try {
        var reading = folder.read();
        vanishing.check(reading);
        // Before the first whole reading, and after trouble, unchanged files have news as well.
        boolean waiting =
            exported.phase() == Phase.STARTING || exported.phase() == Phase.INTERRUPTED;
        if (waiting || !reading.changed().isEmpty()) {
          read(reading);
        }
      } catch (ClosedByInterruptException cancelled) {
        throw new InterruptedException("interrupted while reading " + settings.folder());
      } catch (IOException unreachable) {
        interrupted(IoReasons.of(unreachable));
      }
    }

    private void read(ManifestFolder.FolderReading reading) throws InterruptedException {
      var seen = view.of(reading);
      everWhole = everWhole || seen.isWhole();
      var diagnostics = new ArrayList<Diagnostic>();
      reading.files().values().forEach(file -> diagnostics.addAll(file.manifests().diagnostics()));
      if (!everWhole) {
        // Nobody knows what the unreadable part says, and it may hold the policy of a service that
        // can be read. What the log knows from before stands.
        log.errors(diagnostics, reading.changed());
        interrupted("cannot be read: " + seen.troubles().keySet());
        return;
      }
      var translated = translator.read(seen.documents(), context.mesh(), Selection.MARKED);
      diagnostics.addAll(translated.diagnostics());
      log.errors(diagnostics, reading.changed());
      boolean whole = seen.isWhole() && !Errors.hideServices(translated, seen.documents());
      log.withdrawalsHeld(!whole, seen.troubles());
      tell(exported.after(translated, whole, context.clock().instant()));
      if (!whole && exported.phase() == Phase.STARTING) {
        interrupted("some objects cannot be read, and not be named: see the log");
      }
    }

    private void interrupted(String reason) throws InterruptedException {
      if (exported.phase() != Phase.INTERRUPTED) {
        LOG.warnf(
            "folder cannot be read, what is known is kept: mesh=%s folder=%s reason=%s",
            context.mesh().id(), settings.folder(), reason);
      }
      tell(exported.interrupted(reason, context.clock().instant()));
    }

    private void tell(Step step) throws InterruptedException {
      exported = step.next();
      for (Observation observation : List.copyOf(step.observations())) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedException("interrupted while telling what was read");
        }
        observer.accept(observation);
      }
    }
  }
}
