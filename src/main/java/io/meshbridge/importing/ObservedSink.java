package io.meshbridge.importing;

import io.meshbridge.model.Import;
import io.meshbridge.model.Loss;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.NotLeadingException;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.WritePermit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A mesh that is looked at as if it were written, up to the first write: that one is never
 * permitted, whatever the sink behind would do.
 */
public final class ObservedSink implements Sink {
  private final Sink sink;
  private final Function<Import, List<Loss>> losses;

  /**
   * Wraps the sink of the mesh.
   *
   * @param losses what the mesh could not be told of an import
   */
  public ObservedSink(Sink sink, Function<Import, List<Loss>> losses) {
    this.sink = sink;
    this.losses = losses;
  }

  @Override
  public void start(Consumer<ServiceKey> touched)
      throws MeshUnavailableException, InterruptedException {
    sink.start(touched);
  }

  @Override
  public Map<ServiceKey, Ownership> owned() throws MeshUnavailableException {
    return sink.owned();
  }

  @Override
  public boolean holds(ServiceKey service) throws MeshUnavailableException {
    return sink.holds(service);
  }

  @Override
  public ApplyOutcome apply(Import desired, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var denial = new Denial(permit);
    try {
      return sink.apply(desired, denial);
    } catch (NotLeadingException denied) {
      denial.requireThatWeLead(denied);
      throw new OnlyObservedException(losses.apply(desired));
    }
  }

  @Override
  public boolean remove(ServiceKey service, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var denial = new Denial(permit);
    try {
      return sink.remove(service, denial);
    } catch (NotLeadingException denied) {
      denial.requireThatWeLead(denied);
      throw new OnlyObservedException(List.of());
    }
  }

  /** Lets nobody write, and knows whether that was the only reason. */
  private static final class Denial implements WritePermit {
    private final WritePermit permit;

    Denial(WritePermit permit) {
      this.permit = permit;
    }

    @Override
    public void check() throws NotLeadingException {
      permit.check();
      throw new NotLeadingException("the mesh is only observed");
    }

    void requireThatWeLead(NotLeadingException denied) {
      try {
        permit.check();
      } catch (NotLeadingException notNow) {
        notNow.addSuppressed(denied);
        throw notNow;
      }
    }
  }
}
