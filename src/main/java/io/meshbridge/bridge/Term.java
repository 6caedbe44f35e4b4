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
import io.meshbridge.owners.OwnerSession;
import io.meshbridge.spi.MeshConnection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The time during which this process speaks for one mesh: from its election until it is stopped,
 * revoked or fenced. Exports, imports and the telling of owners live and end with it.
 */
final class Term implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Term.class);

  private final MeshId mesh;
  private final Lease lease;
  private final MeshConnection connection;
  private final ExportSession exports;
  private final ImportSession imports;
  private final Optional<OwnerSession> owners;
  private final CatalogKeeper catalog;
  private final Ended ended;
  private final Consumer<Catalog.Change> onChange;
  private final Thread exporting;

  /** Told, once, when a term ends by itself. */
  interface Ended {
    /** Another process has taken over the mesh's topic. */
    void fenced();

    /** Something in this process has failed. */
    void failed();
  }

  /**
   * Begins.
   *
   * @param owners tells the owners of exports; empty if they are not to be told
   * @param ended what to do when it cannot go on
   */
  Term(
      MeshId mesh,
      Lease lease,
      MeshConnection connection,
      ExportSession exports,
      ImportSession imports,
      Optional<OwnerSession> owners,
      CatalogKeeper catalog,
      Map<MeshId, String> silent,
      Ended ended) {
    this.mesh = mesh;
    this.lease = lease;
    this.connection = connection;
    this.exports = exports;
    this.imports = imports;
    this.owners = owners;
    this.catalog = catalog;
    this.ended = ended;
    this.onChange = imports::catalogChanged;
    catalog.subscribe(now -> imports.start(now, silent), onChange);
    this.exporting = Thread.ofVirtual().name("export-" + mesh).start(this::export);
    owners.ifPresent(OwnerSession::start);
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

  /** How long ago the mesh's source last said something; empty if it has not yet. */
  Optional<Duration> sinceHeard() {
    return exports.sinceHeard();
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
    owners.ifPresent(OwnerSession::close);
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
      ended.fenced();
    } catch (InterruptedException ended) {
      LOG.debugf("export session ended mesh=%s", mesh);
    } catch (RuntimeException bug) {
      LOG.errorf(bug, "export session failed unexpectedly mesh=%s", mesh);
      lease.end("internal error: " + bug);
      ended.failed();
    }
  }
}
