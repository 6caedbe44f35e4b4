package io.meshbridge.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.log.MemberCodec.Decoded;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MembersViewTest {
  private static final Member ISTIO = Member.active(new MeshId("istio-a"), "istio");
  private final MembersView view = new MembersView();

  @Test
  void isCompleteOnlyWhenTheLastRecordThatStoodAtTheStartIsHandled() {
    view.handled(3, new Decoded.Known(ISTIO));
    var beforeTheEndIsKnown = view.complete();
    view.mustReach(5);
    var beforeTheEnd = view.complete();

    view.handled(5, new Decoded.Poison("rubbish"));

    assertThat(beforeTheEndIsKnown).isFalse();
    assertThat(beforeTheEnd).isFalse();
    assertThat(view.complete()).isTrue();
  }

  @Test
  void isCompleteAtOnceWithAnEmptyTopic() {
    view.mustReach(-1);

    assertThat(view.complete()).isTrue();
  }

  @Test
  void keepsWhatStandsWhenARecordIsNotUnderstood() {
    view.handled(0, new Decoded.Known(ISTIO));

    view.handled(1, new Decoded.NotUnderstood(ISTIO.id(), "newer"));

    assertThat(view.current()).containsExactly(Map.entry(ISTIO.id(), ISTIO));
  }

  @Test
  void forgetsAMeshOfWhichNothingIsSaidAnyMore() {
    view.handled(0, new Decoded.Known(ISTIO));

    view.handled(1, new Decoded.Gone(ISTIO.id()));

    assertThat(view.current()).isEmpty();
  }

  @Test
  void tellsChangesAndCompletionButNotRepetitions() {
    var heard = new ArrayList<Integer>();
    view.onChange(members -> heard.add(members.size()));

    view.handled(0, new Decoded.Known(ISTIO));
    view.handled(1, new Decoded.Known(ISTIO));
    view.mustReach(1);
    view.handled(2, new Decoded.Gone(ISTIO.id()));

    assertThat(heard).containsExactly(1, 1, 0);
  }
}
