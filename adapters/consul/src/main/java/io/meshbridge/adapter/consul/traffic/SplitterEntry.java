package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.spi.reading.TracedFields;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * How requests to a service are shared.
 *
 * @param splits in order
 */
record SplitterEntry(List<Split> splits) {
  /** Weights are percents in steps of a hundredth. */
  static final int WHOLE = 10_000;

  /**
   * One share.
   *
   * @param hundredths its weight in hundredths of a percent
   * @param weightRef where that stands
   * @param target empty if nothing within this mesh is meant
   */
  record Split(
      int hundredths,
      FieldRef weightRef,
      Optional<Target> target,
      HeaderChanges request,
      HeaderChanges response) {}

  SplitterEntry {
    splits = List.copyOf(splits);
  }

  static SplitterEntry read(ConfigEntry entry, TracedFields fields) {
    var splits = new ArrayList<Split>();
    var seen = new HashSet<String>();
    for (TracedFields split : fields.objects("Splits")) {
      var read = readSplit(entry, split);
      splits.add(read);
      read.target()
          .filter(target -> !seen.add(target.service() + " " + target.subset()))
          .ifPresent(
              twice ->
                  split
                      .trace()
                      .errorAbout(split.path(), "names the same destination as a split before it"));
    }
    int sum = splits.stream().mapToInt(Split::hundredths).sum();
    if (splits.isEmpty()) {
      fields.error("Splits", "must hold at least one split");
    } else if (sum != WHOLE) {
      fields
          .trace()
          .errorAbout(
              fields.pathOf("Splits"),
              "the weights must add up to 100, but make "
                  + BigDecimal.valueOf(sum, 2).stripTrailingZeros().toPlainString()
                  + "; their ratio is kept");
    }
    return new SplitterEntry(splits);
  }

  private static Split readSplit(ConfigEntry entry, TracedFields split) {
    int hundredths =
        split
            .decimal("Weight", 0, 100)
            .map(w -> w.movePointRight(2).setScale(0, RoundingMode.HALF_UP).intValueExact())
            .orElse(0);
    return new Split(
        hundredths,
        split.ref("Weight"),
        Target.read(split, entry, "its share of the requests stays with the service itself"),
        HeaderChanges.read(split.object("RequestHeaders")),
        HeaderChanges.read(split.object("ResponseHeaders")));
  }
}
