package io.meshbridge.adapter.consul;

import io.meshbridge.model.Import;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.Translator.WriteContext;
import io.meshbridge.spi.WritePermit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Writes imports into a Consul catalog. Each apply reads what stands, compares the fields that we
 * own, and writes the differences with check-and-set; whoever came between makes it read again. A
 * check-and-set says nothing where there is nothing to write: what is taken for gone was read for
 * certain.
 */
final class ConsulSink implements Sink, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ConsulSink.class);
  private static final int ATTEMPTS = 6;

  private final ConnectionContext context;
  private final CatalogApi api;
  private final Rights rights;
  private final Transactions transactions;
  private final OwnNodes nodes;
  private final Ledger ledger;
  private final EntrySink entries;
  private final VersionProbe version;
  private final SinkPlanner planner;
  private final Wishes wishes = new Wishes();
  private final SinkWatch watch;
  private volatile boolean started;

  ConsulSink(ConsulSettings settings, ConnectionContext context, ConsulHttp http, Timing timing) {
    this.context = context;
    this.api = new CatalogApi(http, ReadMode.CONSISTENT);
    this.rights = new Rights(http);
    this.transactions = new Transactions(http);
    this.nodes = new OwnNodes(api, transactions);
    this.ledger = new Ledger(context.federation(), context.mesh().id());
    this.version = new VersionProbe(api);
    this.entries = new EntrySink(new ConfigApi(http, ReadMode.CONSISTENT), version, ledger);
    this.planner = new SinkPlanner(context, api, entries, transactions, nodes, ledger);
    this.watch = new SinkWatch(settings, context, http, timing, wishes, nodes, version);
  }

  @Override
  public void start(Consumer<ServiceKey> touched)
      throws MeshUnavailableException, InterruptedException {
    rights.requireRead(List.of(), List.of());
    version.refresh();
    ledger.readAll(api, entries.api());
    started = true;
    watch.start(touched);
  }

  @Override
  public Map<ServiceKey, Ownership> owned() throws MeshUnavailableException {
    requireStarted();
    return ledger.owned();
  }

  @Override
  public boolean holds(ServiceKey service) throws MeshUnavailableException {
    requireStarted();
    return ledger.holds(service);
  }

  private void requireStarted() throws MeshUnavailableException {
    if (!started) {
      throw new MeshUnavailableException(
          "the catalog of " + context.mesh().id() + " was not read completely yet");
    }
  }

  @Override
  public ApplyOutcome apply(Import desired, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var shape =
        ImportShape.of(
            desired,
            new WriteContext(context.federation(), context.mesh().id(), "", version.version()));
    return switch (shape) {
      case ImportShape.Shaped.Wanted wanted -> {
        wishes.unsettle(desired.service());
        try {
          yield apply(desired, wanted, permit);
        } catch (MeshUnavailableException unavailable) {
          // Half of it may stand: the watch compares with what was wanted once the mesh is back.
          settle(desired.service(), wanted, false);
          throw unavailable;
        }
      }
      case ImportShape.Shaped.Refused refused -> {
        remove(desired.service(), permit);
        yield new ApplyOutcome.Refused(refused.losses());
      }
    };
  }

  private ApplyOutcome apply(Import desired, ImportShape.Shaped.Wanted wanted, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var key = desired.service();
    var written = false;
    var last = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      nodes.inUse().lockInterruptibly();
      try {
        var step = planner.look(owner(key), desired.origin().id(), wanted);
        if (!step.holder().isEmpty()) {
          return yieldTo(step, key, wanted, permit);
        }
        if (step.isDone()) {
          return applied(desired, wanted, step, written);
        }
        ledger.mayStandAs(key, wanted.instances(), wanted.entries());
        // The rules stand before the instances that they are for, and go after them.
        var rules = entries.writeRules(step.entries(), step.gone(), permit);
        if (rules instanceof ConfigApi.Result.Stale stale) {
          last = stale.what();
          written = true;
          continue;
        }
        if (rules instanceof ConfigApi.Result.Rejected rejected) {
          return new ApplyOutcome.Rejected(rejected.reason());
        }
        switch (transactions.write(step.operations(), permit)) {
          case Transactions.Result.Written ignored -> {
            if (step.entries().deletes().isEmpty()
                || entries.deleteRest(owner(key), wanted.entries(), permit)) {
              return applied(desired, wanted, step, true);
            }
            written = true;
          }
          case Transactions.Result.Stale stale -> {
            last = stale.what();
            written = true;
          }
          case Transactions.Result.Rejected rejected -> {
            return new ApplyOutcome.Rejected(rejected.reason());
          }
        }
      } finally {
        nodes.inUse().unlock();
      }
    }
    throw new MeshUnavailableException(
        "import " + key + " kept changing while it was written: " + last);
  }

  private ApplyOutcome applied(
      Import desired, ImportShape.Shaped.Wanted wanted, SinkStep step, boolean written) {
    ledger.wrote(
        desired.service(),
        wanted.instances(),
        wanted.entries().stream()
            .filter(entry -> !step.entries().theirs().contains(EntryId.of(entry)))
            .toList());
    settle(desired.service(), wanted, false);
    if (written) {
      LOG.infof(
          "import written target=%s service=%s name=%s instances=%d",
          context.mesh().id(), desired.service(), desired.name(), wanted.instances().size());
    }
    return new ApplyOutcome.Applied(desired.name(), written, wanted.callable(), wanted.losses());
  }

  private ApplyOutcome yieldTo(
      SinkStep step, ServiceKey key, ImportShape.Shaped.Wanted wanted, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    ledger.mayStandAs(key, wanted.instances(), wanted.entries());
    var removed = removeAll(key, permit);
    if (!removed.kept().isEmpty()) {
      LOG.warnf(
          "others depend on what is to go target=%s service=%s reason=%s",
          context.mesh().id(), key, removed.kept());
    }
    settle(key, wanted, true);
    LOG.warnf(
        "name is taken target=%s service=%s name=%s holder=%s",
        context.mesh().id(), key, step.name(), step.holder());
    return new ApplyOutcome.Conflict(step.name(), step.holder());
  }

  private void settle(ServiceKey key, ImportShape.Shaped.Wanted wanted, boolean blocked) {
    var node = new OwnNode(context.federation(), context.mesh().id(), key.mesh());
    wishes.settle(
        key, new Wishes.Wish(node, wanted.names(), wanted.entries(), wanted.instances(), blocked));
  }

  @Override
  public boolean remove(ServiceKey service, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    wishes.unsettle(service);
    var all = removeAll(service, permit);
    if (!all.kept().isEmpty()) {
      throw new MeshUnavailableException("others depend on " + service + ": " + all.kept());
    }
    var removed = all.any();
    if (removed) {
      LOG.infof("import removed target=%s service=%s", context.mesh().id(), service);
    }
    if (!ledger.holdsAnythingFrom(service.mesh())) {
      nodes.removeIfEmpty(
          new OwnNode(context.federation(), context.mesh().id(), service.mesh()), permit);
    }
    return removed;
  }

  /** Instances first: at no time do they stand without their rules. */
  private EntrySink.Removed removeAll(ServiceKey key, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var removed = planner.removeInstances(owner(key), permit);
    var rules = entries.removeAll(owner(key), permit);
    if (rules.kept().isEmpty()) {
      ledger.wrote(key, List.of(), List.of());
    }
    return new EntrySink.Removed(removed || rules.any(), rules.kept());
  }

  private NamePlan.Owner owner(ServiceKey key) {
    return new NamePlan.Owner(context.federation(), context.mesh().id(), key);
  }

  @Override
  public void close() {
    watch.close();
  }
}
