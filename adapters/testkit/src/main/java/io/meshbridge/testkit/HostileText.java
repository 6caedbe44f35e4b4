package io.meshbridge.testkit;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Text of the sort that breaks formats, file names, shells and terminals. */
final class HostileText {
  private static final String LABEL_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  /** Words that mean something else to one format or another. */
  private static final List<String> WORDS =
      List.of(
          "",
          " ",
          "null",
          "~",
          "true",
          "NO",
          "on",
          "y",
          "0",
          "-1",
          "007",
          "0x1f",
          "0o17",
          "1.10",
          "1e3",
          ".inf",
          "12:30:45",
          "2026-11-22",
          "<<",
          "=",
          "---",
          "...",
          "- a",
          "a: b",
          "a:",
          "#a",
          "a #b",
          "[a]",
          "{a",
          "&a",
          "*a",
          "!!int",
          "|",
          ">",
          "%",
          "@a",
          "`a`",
          "'",
          "\"",
          "\\",
          "'; drop table",
          "../../etc/passwd",
          "/",
          "a/b",
          "con",
          ".",
          "..",
          "a.b",
          "${x}",
          "$(x)",
          "%2f",
          " a",
          "a ",
          "a  b");

  /** Characters that few people test with; the last is half of a surrogate pair. */
  private static final List<String> CHARACTERS =
      List.of(
          "\u00e4",
          "\u0130",
          "\u00df",
          "\u0646",
          "\u6f22",
          "\ud83d\ude80",
          "e\u0301",
          "\u200b",
          "\u202e",
          "\u0085",
          "\u2028",
          "\ufeff",
          "\uffff",
          "\u00a0",
          "\u0000",
          "\u001b",
          "\n",
          "\r\n",
          "\t",
          "\u007f",
          "\ud800");

  private final RandomGenerator random;

  HostileText(RandomGenerator random) {
    this.random = random;
  }

  /** Anything, mostly short, at times longer than any limit. */
  String any() {
    var text = new StringBuilder();
    int parts = random.nextInt(16) == 0 ? random.nextInt(400) : random.nextInt(4);
    for (int i = 0; i <= parts; i++) {
      text.append(part());
    }
    return text.toString();
  }

  /** Well-formed, without control characters, not blank, at most {@code max} characters. */
  String visible(int max) {
    var text = CONTROL.matcher(any()).replaceAll("").strip();
    text = withoutHalfCharacters(text);
    if (text.isBlank()) {
      text = label();
    }
    var cut = text.substring(0, Math.min(text.length(), max));
    var whole = withoutHalfCharacters(cut);
    return whole.isBlank() ? label() : whole;
  }

  /** A DNS label of 1 to 63 characters. */
  String label() {
    int length = random.nextInt(12) == 0 ? 63 : random.nextInt(1, 12);
    var label = new StringBuilder();
    for (int i = 0; i < length; i++) {
      boolean inside = i > 0 && i < length - 1;
      label.append(inside && random.nextInt(6) == 0 ? '-' : letter());
    }
    return label.toString();
  }

  private String part() {
    return switch (random.nextInt(4)) {
      case 0 -> WORDS.get(random.nextInt(WORDS.size()));
      case 1 -> CHARACTERS.get(random.nextInt(CHARACTERS.size()));
      case 2 -> Character.toString(random.nextInt(32, 127));
      default -> label();
    };
  }

  private char letter() {
    return LABEL_LETTERS.charAt(random.nextInt(LABEL_LETTERS.length()));
  }

  private static String withoutHalfCharacters(String text) {
    var whole = new StringBuilder();
    text.codePoints()
        .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
        .forEach(whole::appendCodePoint);
    return whole.toString();
  }
}
