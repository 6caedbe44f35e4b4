package io.meshbridge.it.nativegap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Files of registrations in libraries that Quarkus tells native-image not to read. */
record Exclusions(List<Exclusion> all) {
  private static final String FLAG = "--exclude-config";

  private record Exclusion(Pattern jar, Pattern resource) {}

  /** Reads them from the arguments that Quarkus has for native-image. */
  static Exclusions in(Path arguments) throws IOException {
    var words = Files.readString(arguments).strip().split("\\s+", -1);
    var all = new ArrayList<Exclusion>();
    for (int i = 0; i + 2 < words.length; i++) {
      if (words[i].equals(FLAG)) {
        all.add(new Exclusion(Pattern.compile(words[i + 1]), Pattern.compile(words[i + 2])));
      }
    }
    return new Exclusions(List.copyOf(all));
  }

  boolean hold(String jar, String resource) {
    return all.stream()
        .anyMatch(
            each ->
                each.jar().matcher(jar).find() && each.resource().matcher("/" + resource).find());
  }
}
