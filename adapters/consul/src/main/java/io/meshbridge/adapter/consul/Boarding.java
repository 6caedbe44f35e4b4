package io.meshbridge.adapter.consul;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;

/**
 * Lets only a few calls at once look for a connection. Where calls share connections, a thousand
 * that began in one moment would each open their own before the first is there to be shared.
 */
final class Boarding extends EventListener {
  private final Semaphore room;

  /**
   * With all tickets free.
   *
   * @param atOnce how many there are
   */
  Boarding(int atOnce) {
    this.room = new Semaphore(atOnce);
  }

  /** The right to look for a connection; it ends once. */
  static final class Ticket {
    private final Semaphore room;
    private final AtomicBoolean over = new AtomicBoolean();

    private Ticket(Semaphore room) {
      this.room = room;
    }

    private void end() {
      if (!over.getAndSet(true)) {
        room.release();
      }
    }
  }

  /** Waits for a ticket. The call that bears it as its tag gives it back. */
  Ticket enter() throws InterruptedException {
    room.acquire();
    return new Ticket(room);
  }

  @Override
  public void connectionAcquired(Call call, Connection connection) {
    end(call);
  }

  @Override
  public void callEnd(Call call) {
    end(call);
  }

  @Override
  public void callFailed(Call call, IOException cause) {
    end(call);
  }

  private static void end(Call call) {
    var ticket = call.request().tag(Ticket.class);
    if (ticket != null) {
      ticket.end();
    }
  }
}
