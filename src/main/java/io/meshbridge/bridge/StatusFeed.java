package io.meshbridge.bridge;

import io.meshbridge.log.FederationTopics;
import io.meshbridge.log.TopicListener;
import io.meshbridge.model.MeshId;
import io.meshbridge.status.ImportStatus;
import io.meshbridge.status.StatusBoard;
import io.meshbridge.status.StatusCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Brings what other processes say of imports onto the board, and what this process, or the one
 * before it, said of its own meshes before it began: so that a restart says nothing twice.
 */
final class StatusFeed implements TopicListener {
  private final Map<String, MeshId> meshByTopic = new HashMap<>();
  private final FederationTopics topics;
  private final StatusBoard board;

  // Guards all below.
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<MeshId> caughtUp = new HashSet<>();
  private final Set<MeshId> ours = new HashSet<>();

  StatusFeed(FederationTopics topics, StatusBoard board) {
    this.topics = topics;
    this.board = board;
  }

  /** The topics of these meshes' statuses. */
  Set<String> topicsOf(Set<MeshId> meshes) {
    lock.lock();
    try {
      var names = new HashSet<String>();
      for (MeshId mesh : meshes) {
        meshByTopic.put(topics.status(mesh), mesh);
        names.add(topics.status(mesh));
      }
      return names;
    } finally {
      lock.unlock();
    }
  }

  /**
   * From now on this process says what became of the mesh's imports. Waits until what was said
   * before is known.
   *
   * @return whether it came to be known in time
   */
  boolean takeOver(MeshId mesh, Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = patience.toNanos();
      while (!caughtUp.contains(mesh) && left > 0) {
        left = changed.awaitNanos(left);
      }
      ours.add(mesh);
      return caughtUp.contains(mesh);
    } finally {
      lock.unlock();
    }
  }

  /** Another process may say from now on what became of the mesh's imports. */
  void giveUp(MeshId mesh) {
    lock.lock();
    try {
      ours.remove(mesh);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void restarted(String topic, String reason) {
    // What is on the board stays until it is told otherwise.
  }

  @Override
  public void records(String topic, List<ConsumerRecord<byte[], byte[]>> records) {
    lock.lock();
    try {
      var mesh = meshByTopic.get(topic);
      if (mesh == null || ours.contains(mesh)) {
        return;
      }
      for (ConsumerRecord<byte[], byte[]> record : records) {
        learn(mesh, record);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void caughtUp(String topic) {
    lock.lock();
    try {
      var mesh = meshByTopic.get(topic);
      if (mesh != null) {
        caughtUp.add(mesh);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void dropped(String topic) {
    // What is on the board stays: nobody said that it is wrong.
  }

  private void learn(MeshId mesh, ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      return;
    }
    var key = new String(record.key(), StandardCharsets.UTF_8);
    if (record.value() == null) {
      StatusCodec.serviceOf(key).ifPresent(service -> board.unlearn(mesh, service));
      return;
    }
    StatusCodec.decode(mesh, new String(record.value(), StandardCharsets.UTF_8))
        .filter(status -> StatusCodec.key(status.service()).equals(key))
        .ifPresent(this::learn);
  }

  private void learn(ImportStatus status) {
    board.learn(status);
  }
}
