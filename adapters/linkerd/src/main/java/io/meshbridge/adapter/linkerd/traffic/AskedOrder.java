package io.meshbridge.adapter.linkerd.traffic;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts rules into the order in which the proxy asks them, so that people read there what happens,
 * and reading what was written gives the same again.
 */
final class AskedOrder {
  private final List<Item> items = new ArrayList<>();

  private record Item(SaidRule rule, SaidMatch match) {}

  AskedOrder(List<SaidRule> rules) {
    for (SaidRule rule : rules) {
      rule.matches().forEach(match -> items.add(new Item(rule, match)));
    }
  }

  List<SaidRule> rules() {
    var sorted = new ArrayList<Item>();
    for (int i = 0; i < items.size(); i++) {
      addWholePath(i, sorted);
      sorted.add(items.get(i));
    }
    sorted.sort((one, other) -> one.match().compareRank(other.match()));
    return regrouped(sorted);
  }

  /**
   * A prefix that is the whole path of a request is worth as much as the exact path. Where that
   * matters it is said, as other readers of routes would not think so.
   */
  private void addWholePath(int index, List<Item> to) {
    var item = items.get(index);
    var whole = item.match().onWholePath();
    if (whole.isEmpty()) {
      return;
    }
    for (int i = 0; i < items.size(); i++) {
      var other = items.get(i).match();
      int order = whole.get().compareRank(other);
      boolean before = order < 0 || (order == 0 && index < i);
      if (i != index && before && takes(other, whole.get())) {
        to.add(new Item(item.rule(), whole.get()));
        return;
      }
    }
  }

  private static boolean takes(SaidMatch match, SaidMatch whole) {
    return match
        .path()
        .filter(
            path ->
                switch (path.type()) {
                  case Condition.EXACT -> path.value().equals(pathOf(whole));
                  case Condition.REGEX -> Overlap.mayMatch(path.value(), false, pathOf(whole));
                  default -> false;
                })
        .isPresent();
  }

  private static String pathOf(SaidMatch whole) {
    return whole.path().map(Condition::value).orElse("/");
  }

  private static List<SaidRule> regrouped(List<Item> sorted) {
    var rules = new ArrayList<SaidRule>();
    var run = new ArrayList<SaidMatch>();
    for (int i = 0; i < sorted.size(); i++) {
      run.add(sorted.get(i).match());
      boolean last =
          i + 1 == sorted.size() || !sorted.get(i + 1).rule().equals(sorted.get(i).rule());
      if (last) {
        rules.add(sorted.get(i).rule().withMatches(run));
        run.clear();
      }
    }
    return rules;
  }
}
