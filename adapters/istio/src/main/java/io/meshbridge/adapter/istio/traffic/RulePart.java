package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.adapter.kubernetes.LossList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One rule while it is written: what of it is lost, and whether it can be said at all. Not for
 * several threads.
 */
final class RulePart {
  private static final String LEFT_OUT =
      "; the rule is left out, and what it takes falls to the rules after it";

  private static final Pattern MATCH = Pattern.compile("matches\\[(\\d+)](.*)");

  private final String path;
  private final List<Integer> matches;
  private final LossList losses;
  private final Set<Unsayable> unsayable = new LinkedHashSet<>();
  private final Set<Unsayable> told = new HashSet<>();

  private record Unsayable(String field, String reason, String advice) {}

  /**
   * Nothing is lost yet.
   *
   * @param path such as {@code traffic.http[0]}
   */
  RulePart(String path, LossList losses) {
    this(path, List.of(), losses);
  }

  /**
   * The same, where matches were put together before.
   *
   * @param matches by the number that a match has now, the one that it had
   */
  RulePart(String path, List<Integer> matches, LossList losses) {
    this.path = path;
    this.matches = List.copyOf(matches);
    this.losses = losses;
  }

  /** A field that can be left away. */
  void dropped(String field, String reason) {
    if (told.add(new Unsayable(field, reason, ""))) {
      losses.dropped(pathOf(field), reason);
    }
  }

  /** A field that is said in other words. */
  void approximated(String field, String reason) {
    if (told.add(new Unsayable(field, reason, ""))) {
      losses.approximated(pathOf(field), reason);
    }
  }

  /** A field without which the rule would be another one. */
  void unsayable(String field, String reason, String advice) {
    unsayable.add(new Unsayable(field, reason, advice));
  }

  /** Whether the rule can be said. */
  boolean isSayable() {
    return unsayable.isEmpty();
  }

  /**
   * Tells why the rule is left out; one that keeps requests from being served cannot be, or what it
   * forbids would be allowed.
   */
  void leaveOut(boolean forbids) {
    for (Unsayable fault : unsayable) {
      if (forbids) {
        losses.refused(
            pathOf(fault.field()),
            fault.reason() + ", and without this rule it would serve what the rule forbids",
            fault.advice());
      } else {
        losses.dropped(pathOf(fault.field()), fault.reason() + LEFT_OUT, fault.advice());
      }
    }
  }

  private String pathOf(String field) {
    var match = MATCH.matcher(field);
    if (matches.isEmpty() || !match.matches()) {
      return path + "." + field;
    }
    int before = matches.get(Integer.parseInt(match.group(1)));
    return path + ".matches[" + before + "]" + match.group(2);
  }
}
