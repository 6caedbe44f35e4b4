package io.meshbridge.log;

import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import java.time.Clock;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/** The federation's members, for the command line: reads and writes once, with its own clients. */
public final class MembersAdmin {
  private final FederationTopics topics;
  private final KafkaClients clients;
  private final Clock clock;
  private final OneWrite log;
  private final MemberCodec codec = new MemberCodec();

  /** Contacts nobody yet. Its topic and the trail must exist; see {@link TopicKeeper}. */
  public MembersAdmin(FederationTopics topics, KafkaClients clients, Clock clock) {
    this.topics = topics;
    this.clients = clients;
    this.clock = clock;
    this.log = new OneWrite(topics, clients);
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
   * Says what a mesh is in the federation from now on, and tells the trail who said so; returns
   * when that stands in the log.
   *
   * @throws LogUnavailableException if nobody knows whether it does
   */
  public void put(Member member, String by, String why)
      throws LogUnavailableException, InterruptedException {
    var now = clock.instant();
    var act = ActCodec.memberSet(UUID.randomUUID().toString(), member, by, why, now);
    log.write(
        List.of(
            new OneWrite.Line(topics.trail(), act),
            new OneWrite.Line(topics.members(), codec.encode(member, now))));
  }
}
