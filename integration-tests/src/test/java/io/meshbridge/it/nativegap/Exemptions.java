package io.meshbridge.it.nativegap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The file with what need not be registered: a line each, what is asked for, who asks, why an
 * executable works without.
 */
public record Exemptions(List<Exemption> all) {
  private static final String FILE = "exemptions.txt";
  private static final int COLUMNS = 3;

  /** Reads the file. */
  public static Exemptions read() {
    try (var file = Exemptions.class.getResourceAsStream(FILE)) {
      return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Exemptions parse(String text) {
    var all = new ArrayList<Exemption>();
    for (String line : text.lines().filter(each -> !each.isBlank()).toList()) {
      if (line.startsWith("#")) {
        continue;
      }
      var columns = line.split("\\|", COLUMNS);
      if (columns.length < COLUMNS || columns[2].isBlank()) {
        throw new IllegalArgumentException("expected 'what | who | why': " + line);
      }
      all.add(Exemption.of(columns[0].strip(), columns[1].strip()));
    }
    return new Exemptions(List.copyOf(all));
  }

  Optional<Exemption> of(Access access) {
    return all.stream().filter(each -> each.covers(access)).findFirst();
  }
}
