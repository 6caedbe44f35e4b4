package io.meshbridge.adapter.consul.traffic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Ratios as Consul's weights: hundredths of a percent that add up to all of it.
 *
 * @param hundredths for each ratio
 * @param exact whether each says its ratio exactly
 */
record Weights(List<Integer> hundredths, List<Boolean> exact) {
  private static final int PERCENT = 100;

  Weights {
    hundredths = List.copyOf(hundredths);
    exact = List.copyOf(exact);
  }

  /**
   * Rounds down and gives what is left to the largest remainders, the first of equals.
   *
   * @param ratios not all zero
   */
  static Weights of(List<Integer> ratios) {
    long sum = ratios.stream().mapToLong(Integer::longValue).sum();
    var hundredths = new ArrayList<Integer>();
    var order = new ArrayList<Integer>();
    var remainders = new ArrayList<Long>();
    long left = SplitterEntry.WHOLE;
    for (int i = 0; i < ratios.size(); i++) {
      long scaled = (long) ratios.get(i) * SplitterEntry.WHOLE;
      hundredths.add((int) (scaled / sum));
      remainders.add(scaled % sum);
      order.add(i);
      left -= scaled / sum;
    }
    order.sort(Comparator.comparing((Integer i) -> remainders.get(i)).reversed());
    for (int i = 0; i < left; i++) {
      hundredths.set(order.get(i), hundredths.get(order.get(i)) + 1);
    }
    return new Weights(hundredths, remainders.stream().map(rest -> rest == 0).toList());
  }

  /** As it is printed: a whole number of percents where it is one. */
  Number printed(int index) {
    int weight = hundredths.get(index);
    return weight % PERCENT == 0
        ? (Number) (weight / PERCENT)
        : (Number) (weight / (double) PERCENT);
  }
}
