package io.meshbridge.adapter.linkerd;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The ports of an annotation such as {@code 3306,25-30}.
 *
 * @param ranges in the order in which they stand
 */
record OpaquePorts(List<Range> ranges) {
  /** None. */
  static final OpaquePorts NONE = new OpaquePorts(List.of());

  private static final Pattern ENTRY = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");

  /** From one number to another, both included. */
  record Range(int from, int to) {}

  OpaquePorts {
    ranges = List.copyOf(ranges);
  }

  /** Reads an annotation; the names of ports in it are passed over, since pods are not read. */
  static OpaquePorts parse(String annotation) {
    var ranges = new ArrayList<Range>();
    for (String entry : annotation.split(",", -1)) {
      var matcher = ENTRY.matcher(entry.strip());
      if (matcher.matches()) {
        int from = Integer.parseInt(matcher.group(1));
        var to = matcher.group(2);
        ranges.add(new Range(from, to == null ? from : Integer.parseInt(to)));
      }
    }
    return new OpaquePorts(ranges);
  }

  boolean contain(int port) {
    return ranges.stream().anyMatch(range -> range.from() <= port && port <= range.to());
  }
}
