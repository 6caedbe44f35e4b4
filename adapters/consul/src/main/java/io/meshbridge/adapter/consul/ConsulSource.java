package io.meshbridge.adapter.consul;

import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.Observation;
import io.meshbridge.spi.Source;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Watches the services that a Consul datacenter marks for export: one session after the other. */
final class ConsulSource implements Source {
  private static final Logger LOG = Logger.getLogger(ConsulSource.class);

  private final ConsulSettings settings;
  private final ConnectionContext context;
  private final ConsulHttp http;
  private final Timing timing;

  ConsulSource(ConsulSettings settings, ConnectionContext context, ConsulHttp http, Timing timing) {
    this.settings = settings;
    this.context = context;
    this.http = http;
    this.timing = timing;
  }

  @Override
  public void run(Consumer<Observation> observer) throws InterruptedException {
    new Run(observer).forEver();
  }

  /** One run; what it remembers spans its sessions. */
  private final class Run {
    private final Consumer<Observation> observer;
    private final Pause pause = timing.pause();
    private final Map<String, Set<String>> before = new TreeMap<>();
    private boolean interrupted;

    Run(Consumer<Observation> observer) {
      this.observer = observer;
    }

    void forEver() throws InterruptedException {
      while (true) {
        var session = new SourceSession(settings, context, http, timing, observer);
        try {
          session.run(Map.copyOf(before), () -> completed(session));
        } catch (MeshUnavailableException unavailable) {
          if (session.isComplete()) {
            remember(session);
          }
          failed(unavailable);
        }
        pause.backOff(settings.retryMax().toMillis());
      }
    }

    private void completed(SourceSession session) {
      interrupted = false;
      pause.reset();
      remember(session);
    }

    /** A session that never was complete knows less than the one before it. */
    private void remember(SourceSession session) {
      before.clear();
      before.putAll(session.whereabouts());
    }

    private void failed(MeshUnavailableException unavailable) {
      if (!interrupted) {
        interrupted = true;
        var reason = String.valueOf(unavailable.getMessage());
        LOG.warnf("mesh not readable mesh=%s reason=%s", context.mesh().id(), reason);
        observer.accept(new Observation.Interrupted(reason, context.clock().instant()));
      }
    }
  }
}
