package io.meshbridge.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OwnershipTest {
  private static final MeshId WEST = new MeshId("west");
  private static final MeshId EAST = new MeshId("east");
  private static final MeshId NORTH = new MeshId("north");
  private static final Ownership OWNERSHIP =
      new Ownership(
          "bookshop",
          EAST,
          new ServiceKey(WEST, "shop", "web"),
          new FederationPath(List.of(NORTH, WEST)),
          "0".repeat(64));

  @Test
  void isReadBackFromItsMarksWhateverTheNames() {
    for (long seed = 1; seed <= 500; seed++) {
      // Given
      var random = new Random(seed);
      var ownership =
          new Ownership(
              text(random),
              EAST,
              new ServiceKey(WEST, text(random), text(random)),
              OWNERSHIP.path(),
              text(random));
      for (Marks marks : List.of(Marks.KUBERNETES, Marks.CONSUL)) {
        // When
        var read = Ownership.fromMarks(marks, ownership.toMarks(marks));

        // Then
        assertThat(read).as("seed %d, %s", seed, marks).contains(ownership);
      }
    }
  }

  @Test
  void isReadAlthoughOtherKeysStandBesideItsMarks() {
    var values = OWNERSHIP.toMarks(Marks.KUBERNETES);
    values.put("app", "web");
    values.put(Marks.KUBERNETES.export(), "true");

    assertThat(Ownership.fromMarks(Marks.KUBERNETES, values)).contains(OWNERSHIP);
  }

  @Test
  void isNoneIfAnyMarkIsMissing() {
    for (String mark : OWNERSHIP.toMarks(Marks.CONSUL).keySet()) {
      var values = new TreeMap<>(OWNERSHIP.toMarks(Marks.CONSUL));
      values.remove(mark);

      assertThat(Ownership.fromMarks(Marks.CONSUL, values)).as("without %s", mark).isEmpty();
    }
  }

  @Test
  void isNoneIfTheMarksContradictEachOther() {
    var marks = Marks.KUBERNETES;
    for (String word :
        List.of(
            "federation",
            "target",
            "import-uid",
            "origin-mesh",
            "origin-namespace",
            "origin-name")) {
      var values = new TreeMap<>(OWNERSHIP.toMarks(marks));
      values.put(marks.of(word), "another");

      assertThat(Ownership.fromMarks(marks, values)).as("another %s", word).isEmpty();
    }
  }

  @Test
  void isNoneIfSomebodyElseWroteTheMarks() {
    var marks = Marks.KUBERNETES;
    for (String word :
        List.of("target", "origin-mesh", "origin-namespace", "origin-name", "path")) {
      for (String text : List.of("", "\n", "-not-a-label-,")) {
        var values = new TreeMap<>(OWNERSHIP.toMarks(marks));
        values.put(marks.of(word), text);

        assertThat(Ownership.fromMarks(marks, values)).as("%s is '%s'", word, text).isEmpty();
      }
    }
  }

  @Test
  void isNotReadInTheSpellingOfAnotherMake() {
    assertThat(Ownership.fromMarks(Marks.CONSUL, OWNERSHIP.toMarks(Marks.KUBERNETES))).isEmpty();
  }

  @Test
  void hasOneUidPerServiceTargetAndFederation() {
    var service = OWNERSHIP.service();
    var uids =
        List.of(
            OWNERSHIP.importUid(),
            Ownership.importUid("other", EAST, service),
            Ownership.importUid("bookshop", NORTH, service),
            Ownership.importUid("bookshop", EAST, new ServiceKey(NORTH, "shop", "web")),
            Ownership.importUid("bookshop", EAST, new ServiceKey(WEST, "web", "shop")),
            Ownership.importUid("bookshop", EAST, new ServiceKey(WEST, "shopw", "eb")));

    assertThat(new HashSet<>(uids)).hasSameSizeAs(uids);
    assertThat(uids).allSatisfy(uid -> assertThat(uid).matches("[0-9a-f]{32}"));
  }

  @Test
  void keepsItsUidWhenPathOrContentChange() {
    var moved =
        new Ownership(
            "bookshop", EAST, OWNERSHIP.service(), FederationPath.startingAt(WEST), "f".repeat(64));

    assertThat(moved.importUid()).isEqualTo(OWNERSHIP.importUid());
  }

  @Test
  void belongsToOneFederationAndTarget() {
    assertThat(OWNERSHIP.isOf("bookshop", EAST)).isTrue();
    assertThat(OWNERSHIP.isOf("bookshop", WEST)).isFalse();
    assertThat(OWNERSHIP.isOf("library", EAST)).isFalse();
  }

  private static String text(Random random) {
    var parts = List.of("a", "/", ",", "=", " ", ":", "\u6f22", "\ud83d\ude80", "meshbridge.io/");
    var text = new StringBuilder("x");
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(parts.get(random.nextInt(parts.size())));
    }
    return text.toString();
  }
}
