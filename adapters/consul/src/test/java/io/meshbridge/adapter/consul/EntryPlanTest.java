package io.meshbridge.adapter.consul;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.adapter.consul.traffic.ConfigKind;
import io.meshbridge.adapter.consul.traffic.WantedEntry;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Marks;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServiceKey;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EntryPlanTest {
  private static final MeshId TARGET = new MeshId("consul-dc1");
  private static final ServiceKey WEB = new ServiceKey(Imports.ISTIO, "shop", "web");
  private static final NamePlan.Owner OWNER = new NamePlan.Owner("books", TARGET, WEB);
  private static final WantedEntry DEFAULTS =
      wanted(ConfigKind.SERVICE_DEFAULTS, Map.of("Protocol", "http"));
  private static final WantedEntry ROUTER =
      wanted(ConfigKind.SERVICE_ROUTER, Map.of("Routes", List.of(Map.of())));

  @Test
  void putsWhatIsMissingOrDiffersAndDeletesWhatIsNotWanted() {
    // Given
    var differs = standing(ConfigKind.SERVICE_DEFAULTS, Map.of("Protocol", "grpc"), marks(), 7);
    var resolver = standing(ConfigKind.SERVICE_RESOLVER, Map.of(), marks(), 8);
    var splitter = standing(ConfigKind.SERVICE_SPLITTER, Map.of(), marks(), 9);

    // When
    var plan = EntryPlan.of(OWNER, List.of(DEFAULTS, ROUTER), List.of(resolver, differs, splitter));

    // Then
    assertThat(plan.isTaken()).isFalse();
    assertThat(plan.puts())
        .containsExactly(new EntryPlan.Put(DEFAULTS, 7), new EntryPlan.Put(ROUTER, 0));
    assertThat(plan.deletes()).containsExactly(splitter, resolver);
  }

  @Test
  void hasNothingToDoWhereAllStands() {
    // Given
    var same =
        standing(
            ConfigKind.SERVICE_DEFAULTS,
            Map.of("Protocol", "http", "MeshGateway", Map.of()),
            marks(),
            7);

    // When, Then
    assertThat(EntryPlan.of(OWNER, List.of(DEFAULTS), List.of(same)).isDone()).isTrue();
  }

  @Test
  void yieldsToWhoeverHoldsAnEntryAndDeletesItsOwn() {
    // Given
    var theirs = standing(ConfigKind.SERVICE_ROUTER, Map.of(), new TreeMap<>(), 5);
    var ours = standing(ConfigKind.SERVICE_DEFAULTS, Map.of("Protocol", "http"), marks(), 7);

    // When
    var plan = EntryPlan.of(OWNER, List.of(DEFAULTS, ROUTER), List.of(theirs, ours));

    // Then
    assertThat(plan.holder()).isEqualTo("service-router web");
    assertThat(plan.puts()).isEmpty();
    assertThat(plan.deletes()).containsExactly(ours);
  }

  @Test
  void takesDefaultsOfTheSameProtocolForItsOwnWord() {
    // Given
    var theirs =
        standing(ConfigKind.SERVICE_DEFAULTS, Map.of("Protocol", "HTTP"), new TreeMap<>(), 5);
    var others =
        standing(ConfigKind.SERVICE_DEFAULTS, Map.of("Protocol", "tcp"), new TreeMap<>(), 5);

    // When
    var same = EntryPlan.of(OWNER, List.of(DEFAULTS, ROUTER), List.of(theirs));
    var other = EntryPlan.of(OWNER, List.of(DEFAULTS, ROUTER), List.of(others));
    var without = EntryPlan.of(OWNER, List.of(DEFAULTS), List.of(others));

    // Then
    assertThat(same.isTaken()).isFalse();
    assertThat(same.puts()).containsExactly(new EntryPlan.Put(ROUTER, 0));
    assertThat(same.theirs()).containsExactly(theirs.id());
    assertThat(other.isTaken()).isTrue();
    assertThat(without.isDone()).isTrue();
  }

  private static SortedMap<String, String> marks() {
    return new Ownership("books", TARGET, WEB, FederationPath.startingAt(Imports.ISTIO), "h")
        .toMarks(Marks.CONSUL);
  }

  private static WantedEntry wanted(ConfigKind kind, Map<String, Object> fields) {
    return new WantedEntry(kind, "web", fields, marks());
  }

  private static StandingEntry standing(
      ConfigKind kind, Map<String, Object> fields, SortedMap<String, String> meta, long index) {
    return new StandingEntry(new EntryId(kind, "web"), fields, meta, index);
  }
}
