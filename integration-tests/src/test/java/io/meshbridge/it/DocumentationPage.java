package io.meshbridge.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the documentation, as far as people copy from it.
 *
 * @param commands blocks of {@code sh}, in their order
 * @param files what it shows as files, blocks whose first line is a comment with the name, by that
 * @param strayCommands lines that look like commands and stand in no block of {@code sh}
 */
record DocumentationPage(
    List<Block> commands, Map<String, String> files, List<String> strayCommands) {
  private static final Pattern FENCE =
      Pattern.compile(
          "(?ms)(?:^<!-- not run by tests: (?<why>[^\\n]+) -->\\n)?"
              + "^```(?<language>\\w*)\\n(?<text>.*?)^```$");
  private static final Pattern FILE = Pattern.compile("\\A# (?<name>[\\w.-]+\\.ya?ml)\\n");
  private static final Pattern COMMAND =
      Pattern.compile("(?m)^ *(?:\\$ )?(?:\\./meshbridge|kubectl|helm|mvn|curl|docker) .*$");

  /**
   * Commands that belong together.
   *
   * @param line where it begins, from 1
   * @param whyNot why it cannot be run; empty if it can
   */
  record Block(int line, String text, String whyNot) {
    boolean runs() {
      return whyNot.isEmpty();
    }
  }

  static DocumentationPage read(Path file) throws IOException {
    var text = Files.readString(file);
    var commands = new ArrayList<Block>();
    var files = new TreeMap<String, String>();
    var rest = new StringBuilder(text);
    var fence = FENCE.matcher(text);
    while (fence.find()) {
      var block = fence.group("text");
      switch (fence.group("language")) {
        case "sh" -> {
          commands.add(new Block(lineOf(text, fence), block, whyNot(fence)));
          blank(rest, fence);
        }
        case "yaml" -> {
          var name = FILE.matcher(block);
          if (name.find()) {
            files.put(name.group("name"), block);
          }
          blank(rest, fence);
        }
        default -> {}
      }
    }
    return new DocumentationPage(commands, files, strayIn(rest));
  }

  private static String whyNot(Matcher fence) {
    var why = fence.group("why");
    return why == null ? "" : why;
  }

  private static int lineOf(String text, Matcher fence) {
    return (int) text.substring(0, fence.start("language")).lines().count();
  }

  private static void blank(StringBuilder text, Matcher fence) {
    for (int i = fence.start(); i < fence.end(); i++) {
      if (text.charAt(i) != '\n') {
        text.setCharAt(i, ' ');
      }
    }
  }

  private static List<String> strayIn(CharSequence rest) {
    return COMMAND.matcher(rest).results().map(found -> found.group().strip()).toList();
  }
}
