package io.meshbridge.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.testkit.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusBoardTest {
  private static final MeshId T = new MeshId("t");
  private static final MeshId U = new MeshId("u");
  private static final ServiceKey WEB = Samples.key("a", "shop", "web");
  private static final ServiceKey API = Samples.key("a", "shop", "api");
  private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");

  private final List<String> sent = new ArrayList<>();
  private final StatusBoard board =
      new StatusBoard((target, key, json) -> sent.add(target + " " + key + " " + json));

  @Test
  void publishesWhatIsNew() {
    var status = status(T, WEB, ImportState.APPLIED, AT, 12);

    board.tell(status);

    assertThat(sent)
        .containsExactly("t " + StatusCodec.key(WEB) + " " + StatusCodec.encode(status));
    assertThat(board.find(T, WEB)).contains(status);
  }

  @Test
  void publishesNothingThatSaysTheSame() {
    board.tell(status(T, WEB, ImportState.APPLIED, AT, 12));

    board.tell(status(T, WEB, ImportState.APPLIED, AT.plusSeconds(9), 12));

    assertThat(sent).hasSize(1);
  }

  @Test
  void publishesAnotherStateOrLatency() {
    board.tell(status(T, WEB, ImportState.APPLIED, AT, 12));
    board.tell(status(T, WEB, ImportState.APPLIED, AT, 13));
    board.tell(status(T, WEB, ImportState.STALE, AT, 13));

    assertThat(sent).hasSize(3);
  }

  @Test
  void publishesNothingThatTheLogSays() {
    board.learn(status(T, WEB, ImportState.APPLIED, AT, 12));

    board.tell(status(T, WEB, ImportState.APPLIED, AT, 12));
    board.unlearn(T, WEB);

    assertThat(sent).isEmpty();
    assertThat(board.find(T, WEB)).isEmpty();
  }

  @Test
  void takesBackWhatItPublishedOnce() {
    board.tell(status(T, WEB, ImportState.APPLIED, AT, 12));

    board.forget(T, WEB);
    board.forget(T, WEB);

    assertThat(sent).hasSize(2);
    assertThat(sent.getLast()).isEqualTo("t " + StatusCodec.key(WEB) + " ");
  }

  @Test
  void listsByTargetAndService() {
    board.learn(status(U, API, ImportState.APPLIED, AT, 1));
    board.learn(status(T, WEB, ImportState.APPLIED, AT, 1));
    board.learn(status(T, API, ImportState.APPLIED, AT, 1));

    assertThat(board.imports())
        .extracting(status -> status.target() + " " + status.service().name())
        .containsExactly("t api", "t web", "u api");
    assertThat(board.imports(T)).hasSize(2);
  }

  private static ImportStatus status(
      MeshId target, ServiceKey service, ImportState state, Instant since, long latencyMs) {
    return new ImportStatus(target, service, "web", state, since, latencyMs, "", List.of());
  }
}
