package io.meshbridge.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FederationPathTest {
  private static final MeshId WEST = new MeshId("west");
  private static final MeshId EAST = new MeshId("east");

  @Test
  void growsByOneMeshAndKeepsItsOrigin() {
    var home = FederationPath.startingAt(WEST);

    var further = home.then(EAST);

    assertThat(further.meshes()).containsExactly(WEST, EAST);
    assertThat(further.origin()).isEqualTo(WEST);
    assertThat(further.contains(EAST)).isTrue();
    assertThat(home.contains(EAST)).isFalse();
  }

  @Test
  void neverReturns() {
    for (long seed = 1; seed <= 300; seed++) {
      // Given
      var random = new Random(seed);
      var path = FederationPath.startingAt(new MeshId("m0"));

      // When
      for (int step = 0; step < 20; step++) {
        var next = new MeshId("m" + random.nextInt(8));
        var here = path;
        if (here.contains(next)) {
          assertThatIllegalArgumentException()
              .as("seed %d", seed)
              .isThrownBy(() -> here.then(next))
              .withMessageContaining(next.value());
        } else {
          path = here.then(next);
        }
      }

      // Then
      assertThat(path.meshes()).as("seed %d", seed).doesNotHaveDuplicates();
      assertThat(FederationPath.parse(path.toString())).as("seed %d", seed).isEqualTo(path);
    }
  }

  @Test
  void isNeverEmpty() {
    assertThatIllegalArgumentException().isThrownBy(() -> new FederationPath(List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "west,", ",west", "west,,east", "west, east", "west,west", "W"})
  void readsOnlyWhatItWrote(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> FederationPath.parse(text));
  }

  @Test
  void isNotChangedThroughWhatItWasMadeOf() {
    var meshes = new ArrayList<>(List.of(WEST));
    var path = new FederationPath(meshes);

    meshes.add(WEST);

    assertThat(path.meshes()).containsExactly(WEST);
  }
}
