package io.meshbridge.log;

import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** The federation's members, for the command line: reads and writes once, with its own clients. */
public final class MembersAdmin {
  private final FederationTopics topics;
  private final KafkaClients clients;
  private final Clock clock;
  private final MemberCodec codec = new MemberCodec();

  /** Contacts nobody yet. The members' topic must exist; see {@link TopicKeeper}. */
  public MembersAdmin(FederationTopics topics, KafkaClients clients, Clock clock) {
    this.topics = topics;
    this.clients = clients;
    this.clock = clock;
  }

  /**
   * All members, also retired ones, by their ids. Records that cannot be read are left out.
   *
   * @throws LogUnavailableException if the members' topic does not exist or cannot be read
   */
  public List<Member> list() throws LogUnavailableException, InterruptedException {
    var members = new TreeMap<MeshId, Member>();
    for (var record : CompactedTopic.read(clients, topics.members())) {
      switch (codec.decode(record)) {
        case MemberCodec.Decoded.Known(var member) -> members.put(member.id(), member);
        case MemberCodec.Decoded.Gone(var mesh) -> members.remove(mesh);
        case MemberCodec.Decoded.NotUnderstood ignored -> {}
        case MemberCodec.Decoded.Poison ignored -> {}
      }
    }
    return List.copyOf(members.values());
  }

  /**
   * Says what a mesh is in the federation from now on; returns when that stands in the log.
   *
   * @throws LogUnavailableException if nobody knows whether it does
   */
  public void put(Member member) throws LogUnavailableException, InterruptedException {
    var record = codec.encode(member, clock.instant());
    try (var producer = new KafkaProducer<byte[], byte[]>(clients.producer())) {
      producer.send(sendable(record)).get();
    } catch (InterruptException interrupted) {
      Thread.interrupted();
      throw new InterruptedException("interrupted while writing a member");
    } catch (ExecutionException | KafkaException failed) {
      throw new LogUnavailableException(
          "cannot write member %s to topic %s at %s: %s"
              .formatted(member.id(), topics.members(), clients.addresses(), failed),
          failed);
    }
  }

  private ProducerRecord<byte[], byte[]> sendable(OutgoingRecord record) {
    return new ProducerRecord<>(
        topics.members(),
        0,
        record.key().getBytes(StandardCharsets.UTF_8),
        record.json().getBytes(StandardCharsets.UTF_8),
        EventHeaders.of(record, "meshbridge/" + topics.federation()));
  }
}
