package io.meshbridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextDiffTest {

  @Test
  void showsAnInsertedLineBetweenItsNeighbours() {
    assertThat(TextDiff.between("a\nb\n", "a\nx\nb\n")).isEqualTo("  a\n+ x\n  b\n");
  }

  @Test
  void leavesOutWhatIsFarFromAnyDifference() {
    var before = numbers(1, 20);
    var after = before.replace("10\n", "ten\n");

    assertThat(TextDiff.between(before, after))
        .isEqualTo("  ...\n  7\n  8\n  9\n- 10\n+ ten\n  11\n  12\n  13\n  ...\n");
  }

  @Test
  void makesAMissingNewlineAndACarriageReturnVisible() {
    assertThat(TextDiff.between("a\n", "a")).contains("+ \\ no newline at the end");
    assertThat(TextDiff.between("a\n", "a\r\n")).isEqualTo("- a\n+ a\\r\n");
  }

  @Test
  void copesWithTextsThatHaveNothingInCommon() {
    var diff = TextDiff.between(numbers(1, 3_000), numbers(5_000, 8_000));

    assertThat(diff.lines().filter(line -> line.startsWith("-"))).hasSize(3_000);
    assertThat(diff.lines().filter(line -> line.startsWith("+"))).hasSize(3_001);
  }

  private static String numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(n -> n + "\n").collect(Collectors.joining());
  }
}
