package io.meshbridge.looking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiffPrinterTest {
  private static final String TEN =
      IntStream.rangeClosed(1, 10).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());

  @Test
  void showsAChangedLineWithThreeLinesAroundIt() {
    assertThat(unified(TEN, TEN.replace("line 5", "LINE 5")))
        .containsExactly(
            "--- old",
            "+++ new",
            "@@ -2,7 +2,7 @@",
            " line 2",
            " line 3",
            " line 4",
            "-line 5",
            "+LINE 5",
            " line 6",
            " line 7",
            " line 8");
  }

  @Test
  void showsDifferencesThatAreFarApartOnTheirOwn() {
    var twenty = TEN + TEN.replace("line", "row");

    assertThat(unified(twenty, twenty.replace("line 1\n", "").replace("row 10\n", "last\n")))
        .contains("@@ -1,4 +1,3 @@", "-line 1", "@@ -17,4 +16,4 @@", "-row 10", "+last");
  }

  @Test
  void showsAWholeTextThatComesOrGoes() {
    assertThat(unified("", "a\nb\n"))
        .containsExactly("--- old", "+++ new", "@@ -0,0 +1,2 @@", "+a", "+b");
    assertThat(unified("a\n", "")).containsExactly("--- old", "+++ new", "@@ -1 +0,0 @@", "-a");
  }

  @Test
  void showsNoHunkOfEqualTexts() {
    assertThat(unified(TEN, TEN)).containsExactly("--- old", "+++ new");
  }

  @Test
  void showsBothStatesBesideEachOther() {
    var out = new StringWriter();

    new DiffPrinter.SideBySide(31)
        .print(
            "old",
            "same\nport: 80\ngone\nend\n",
            "new",
            "same\nport: 8080\nend\na line that is too long\n",
            new PrintWriter(out, true));

    assertThat(out.toString().lines())
        .containsExactly(
            "old              new",
            "@@ line 1        @@ line 1",
            "same             same",
            "port: 80       | port: 8080",
            "gone           <",
            "end              end",
            "               > a line that i~",
            "");
  }

  @Test
  void isNotSlowedDownByLongTexts() {
    var long1 = IntStream.range(0, 20_000).mapToObj(i -> "a" + i).collect(Collectors.joining("\n"));
    var long2 = IntStream.range(0, 20_000).mapToObj(i -> "b" + i).collect(Collectors.joining("\n"));

    assertThat(LineDiff.between(long1, long2))
        .singleElement()
        .satisfies(
            hunk -> {
              assertThat(hunk.beforeCount()).isEqualTo(20_000);
              assertThat(hunk.afterCount()).isEqualTo(20_000);
            });
  }

  private static List<String> unified(String before, String after) {
    var out = new StringWriter();
    new DiffPrinter.Unified().print("old", before, "new", after, new PrintWriter(out, true));
    return out.toString().lines().toList();
  }
}
