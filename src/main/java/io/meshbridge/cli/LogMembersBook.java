package io.meshbridge.cli;

import io.meshbridge.config.BridgeConfig;
import io.meshbridge.log.MembersAdmin;
import io.meshbridge.model.Member;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** The members topic of a federation. */
final class LogMembersBook implements MembersBook {
  private final MembersAdmin admin;

  private LogMembersBook(MembersAdmin admin) {
    this.admin = admin;
  }

  /** Opens members topics; creates the topic where there is none yet. */
  @Singleton
  static final class TopicOpener implements Opener {
    @Override
    public MembersBook open(BridgeConfig config) throws UnreachableException, InterruptedException {
      var access = OperatorTopics.open(config);
      return new LogMembersBook(
          new MembersAdmin(access.topics(), access.clients(), Clock.systemUTC()));
    }
  }

  @Override
  public List<Member> list() throws UnreachableException, InterruptedException {
    return OperatorTopics.ask(() -> admin.list());
  }

  @Override
  public void put(Member member, Signature signature)
      throws UnreachableException, InterruptedException {
    OperatorTopics.tell(() -> admin.put(member, signature.by(), signature.why()));
  }

  /** Nothing is held open: each call has clients of its own. */
  @Override
  public void close() {}
}
