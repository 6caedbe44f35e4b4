package io.meshbridge.bridge;

import io.meshbridge.catalog.Catalog;
import io.meshbridge.catalog.CatalogKeeper;
import io.meshbridge.concurrent.Threads;
import io.meshbridge.exporting.ExportSession;
import io.meshbridge.importing.ImportSession;
import io.meshbridge.leadership.Lease;
import io.meshbridge.log.PublisherFencedException;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.MeshConnection;
import java.util.Map;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The time during which this process speaks for one mesh: from its election until it is stopped,
 * revoked or fenced. Exports and imports live and end with it.
 */
final class Term implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Term.class);

  private final MeshId mesh;
  private final Lease lease;
  private final MeshConnection connection;
  private final ExportSession exports;
  private final ImportSession imports;
  private final CatalogKeeper catalog;
  private final Runnable fenced;
  private final Consumer<Catalog.Change> onChange;
  private final Thread exporting;

  /**
   * Begins.
   *
   * @param fenced told, once, if another process has taken over the mesh's topic
   */
  Term(
      MeshId mesh,
      Lease lease,
      MeshConnection connection,
      ExportSession exports,
      ImportSession imports,
      CatalogKeeper catalog,
      Map<MeshId, String> silent,
      Runnable fenced) {
    this.mesh = mesh;
    this.lease = lease;
    this.connection = connection;
    this.exports = exports;
    this.imports = imports;
    this.catalog = catalog;
    this.fenced = fenced;
    this.onChange = imports::catalogChanged;
    catalog.subscribe(now -> imports.start(now, silent), onChange);
    this.exporting = Thread.ofVirtual().name("export-" + mesh).start(this::export);
  }

  /** Other meshes than before are silent. */
  void silenceChanged(Map<MeshId, String> silent) {
    imports.silenceChanged(silent);
  }

  /** Operators have given or lifted orders. */
  void ordersChanged() {
    imports.ordersChanged();
  }

  /** How many imports wait for their turn. */
  int backlog() {
    return imports.backlog();
  }

  /** The services of the mesh that cannot be exported, each with the reason. */
  Map<ServiceKey, String> faults() {
    return exports.faults();
  }

  /** Ends: writes nothing any more once it returns. */
  @Override
  public void close() {
    lease.end("the term is over");
    catalog.unsubscribe(onChange);
    imports.close();
    exporting.interrupt();
    Threads.join(exporting);
    connection.close();
  }

  private void export() {
    try {
      exports.run();
    } catch (PublisherFencedException overtaken) {
      LOG.warnf("fenced mesh=%s error=%s", mesh, overtaken.getMessage());
      lease.end("another process publishes for mesh " + mesh);
      fenced.run();
    } catch (InterruptedException ended) {
      LOG.debugf("export session ended mesh=%s", mesh);
    } catch (RuntimeException bug) {
      LOG.errorf(bug, "export session failed unexpectedly mesh=%s", mesh);
      lease.end("internal error: " + bug);
      fenced.run();
    }
  }
}
