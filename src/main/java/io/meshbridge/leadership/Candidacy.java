package io.meshbridge.leadership;

import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What the group says, turned into leases that begin and end. Belongs to the polling thread. */
final class Candidacy implements ConsumerRebalanceListener {
  private static final Logger LOG = Logger.getLogger(Candidacy.class);

  private final String topic;
  private final Consumer<Collection<TopicPartition>> pause;
  private final Supplier<GroupPulse.Answers> answers;
  private final ElectionListener listener;
  private final LongSupplier nanoTime;
  private final GroupPulse pulse;
  private @Nullable Lease lease;
  private String endedBecause = "";
  private boolean silent;

  Candidacy(
      String topic,
      Consumer<Collection<TopicPartition>> pause,
      Supplier<GroupPulse.Answers> answers,
      ElectionListener listener,
      LongSupplier nanoTime) {
    this.topic = topic;
    this.pause = pause;
    this.answers = answers;
    this.listener = listener;
    this.nanoTime = nanoTime;
    this.pulse = new GroupPulse(ElectionTiming.LEASE, nanoTime.getAsLong(), answers.get());
  }

  /** Listens to the group's pulse. */
  void turn() {
    // The time first: it must be one before which nothing that is counted later was answered.
    long now = nanoTime.getAsLong();
    var heard = pulse.read(now, answers.get());
    if (lease != null) {
      heard.ifPresent(lease::heard);
      noteSilence(lease.holds());
    }
  }

  /** Writing stops and goes on by the lease alone; operators should see why. */
  private void noteSilence(boolean holds) {
    if (holds == silent) {
      silent = !holds;
      LOG.warnf(
          "%s topic=%s",
          silent ? "the group is silent, nothing is written" : "the group answers again", topic);
    }
  }

  /** Whether someone else has ended the lease, such as a publisher that was fenced. */
  boolean mustStepDown() {
    return lease != null && lease.isEnded();
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    if (partitions.isEmpty()) {
      // A rebalance that left everything as it was.
      return;
    }
    pause.accept(partitions);
    pulse.begin();
    var begun = new Lease(topic, nanoTime, ElectionTiming.LEASE, pulse.readAt());
    lease = begun;
    silent = false;
    LOG.infof("elected topic=%s", topic);
    tell(() -> listener.elected(begun));
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    if (!partitions.isEmpty()) {
      endLease("the group gave the mesh to another, or this process left it");
      tellLost();
    }
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    if (!partitions.isEmpty()) {
      endLease("the group has not heard from this process for too long");
      tellLost();
    }
  }

  /** Ends the lease, if there is one, without telling yet. */
  void endLease(String reason) {
    if (lease != null) {
      lease.end(reason);
      endedBecause = reason;
    }
  }

  /** Tells that the lease is over, if there was one. */
  void tellLost() {
    if (lease != null) {
      var reason = endedBecause.isEmpty() ? "ended by its holder" : endedBecause;
      lease = null;
      endedBecause = "";
      LOG.infof("no longer elected topic=%s reason=%s", topic, reason);
      tell(() -> listener.lost(reason));
    }
  }

  /** A listener's fault must not keep the group from being polled. */
  private void tell(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException fault) {
      LOG.errorf(fault, "election listener failed topic=%s", topic);
    }
  }
}
