package io.meshbridge.log;

import io.meshbridge.log.ReadingLoop.Progress;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Reads one-partition topics from their beginning for as long as they are followed, and notices
 * when a topic is no longer the one that it began to read: deleted and created anew, truncated, or
 * left alone for so long that withdrawals may have been compacted away.
 *
 * <p>A topic that does not exist is waited for. A broker that does not answer is waited for. For up
 * to about a second after a topic was created anew, records of the new one beyond the old position
 * may be told before {@link TopicListener#restarted} is.
 */
public final class AssignedReader {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration CLOSING = Duration.ofSeconds(2);

  private final KafkaClients clients;
  private final ReadingLoop loop;
  private final Contact contact;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wantedChanged = lock.newCondition();
  // Guarded by the lock.
  private Set<String> wanted = Set.of();

  /**
   * Contacts nobody yet.
   *
   * @param clock tells how long a topic has been left alone; by the wall, since a stopped machine's
   *     other clocks may stop with it
   * @param nanoTime monotonic, in nanoseconds
   */
  public AssignedReader(
      KafkaClients clients, TopicListener listener, Clock clock, LongSupplier nanoTime) {
    this.clients = clients;
    this.contact = new Contact(nanoTime);
    // Half, since the other half is for reading anew.
    var longestAbsence = TopicSettings.TOMBSTONE_RETENTION.dividedBy(2);
    this.loop = new ReadingLoop(listener, contact, clock, nanoTime, longestAbsence);
  }

  /** Changes what is read; the others go on where they are. From any thread, at any time. */
  public void follow(Set<String> topics) {
    lock.lock();
    try {
      wanted = Set.copyOf(topics);
      wantedChanged.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The followed topics of which the cluster said, when last asked, that they do not exist. */
  public Set<String> absent() {
    return loop.absent();
  }

  /**
   * How many offsets lie between what has been handled of a topic and its end, as of about a second
   * ago; empty while nobody knows. Transactions take offsets of their own.
   */
  public OptionalLong lag(String topic) {
    return loop.progress(topic).map(Progress::lag).orElse(OptionalLong.empty());
  }

  /** Up to which offset a topic has been handled; empty if it is not followed. */
  public OptionalLong position(String topic) {
    return loop.progress(topic).stream().mapToLong(Progress::position).findFirst();
  }

  /** Whether the cluster answered when it was last asked about the topics; false before. */
  public boolean connected() {
    return contact.connected();
  }

  /** How long ago the cluster last answered; since the reader was made if it never did. */
  public Duration sinceHeard() {
    return contact.sinceHeard();
  }

  /**
   * Reads until interrupted, on the caller's thread. May be called again after that, and then goes
   * on where it was.
   *
   * @throws InterruptedException always: the only way in which this method ends
   */
  public void run() throws InterruptedException {
    while (true) {
      try {
        readWithNewClients();
      } catch (KafkaException failed) {
        contact.failed(failed.toString());
        awaitChange(PAUSE);
      }
    }
  }

  private void readWithNewClients() throws InterruptedException {
    try (var admin = clients.openAdmin()) {
      var consumer = clients.openReader();
      try {
        read(consumer, admin);
      } finally {
        loop.stop();
        consumer.close(CloseOptions.timeout(CLOSING));
      }
    }
  }

  private void read(Consumer<byte[], byte[]> consumer, Admin admin) throws InterruptedException {
    try {
      while (true) {
        if (Thread.interrupted()) {
          throw new InterruptedException("interrupted while reading the log");
        }
        if (!loop.turn(wanted(), consumer, admin)) {
          awaitChange(ReadingLoop.IDLE);
        }
      }
    } catch (InterruptException interrupted) {
      // The client sets the flag again, and closing with it set would fail at once.
      Thread.interrupted();
      throw new InterruptedException("interrupted while reading the log");
    }
  }

  private Set<String> wanted() {
    lock.lock();
    try {
      return wanted;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until another set is wanted, or for a while: a client without topics cannot poll. */
  private void awaitChange(Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      // Waking too early costs a turn and no more, so there is no condition to check again.
      @SuppressWarnings({"WaitNotInLoop", "unused"})
      boolean signalled = wantedChanged.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      lock.unlock();
    }
  }
}
