package io.meshbridge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TrapsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "doctor.md");

  @Test
  void namesEveryTrapThatIsLookedFor() throws IOException {
    assertThat(Files.readString(PAGE))
        .as("stale: run ./meshbridge docs doctor > docs/doctor.md")
        .isEqualTo(TrapsPage.markdown(Checks.traps()));
  }

  @Test
  void callsEachTrapByANameOfItsOwnThatBeginsWithItsMake() {
    assertThat(Checks.traps()).extracting(Trap::id).doesNotHaveDuplicates();
    assertThat(Checks.traps())
        .allSatisfy(
            trap ->
                assertThat(trap.id())
                    .startsWith((trap.make().isEmpty() ? "config" : trap.make()) + "-"));
  }

  @Test
  void breaksNoTable() {
    assertThat(
            Checks.traps().stream()
                .map(trap -> trap.danger() + trap.advice())
                .collect(Collectors.joining()))
        .doesNotContain("|", "\n");
  }
}
