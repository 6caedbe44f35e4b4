package io.meshbridge.oidc;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a token says. */
record Claims(Map<String, Object> all) {
  private static final int LONGEST_NAME = 200;

  /** In lines, columns and reports nothing else can be told from what stands around it. */
  private static final Pattern ONE_LINE = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}]+");

  /** Several values in one text, as RFC 9068 has them. */
  private static final Set<String> IN_WORDS = Set.of("scope", "scp");

  /** The text of a claim; empty if it has none, or one that is no name. */
  Optional<String> name(String claim) {
    return at(claim)
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .filter(name -> name.length() <= LONGEST_NAME)
        .filter(name -> !name.isBlank() && ONE_LINE.matcher(name).matches());
  }

  /** All texts in some claims, each of which is one or a list. */
  Set<String> values(List<String> claims) {
    var values = new TreeSet<String>();
    for (String claim : claims) {
      switch (at(claim).orElse(List.of())) {
        case String words when IN_WORDS.contains(claim) ->
            values.addAll(Arrays.asList(words.split(" ", -1)));
        case String value -> values.add(value);
        case Collection<?> list ->
            list.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .forEach(values::add);
        default -> {
          // Numbers, objects and the like are not what anybody was told to look for.
        }
      }
    }
    return values;
  }

  /** What has exactly this name, which may have dots in it, or else lies at this path. */
  private Optional<Object> at(String claim) {
    var whole = Optional.ofNullable(all.get(claim));
    int dot = claim.indexOf('.');
    if (whole.isPresent() || dot < 0) {
      return whole;
    }
    Optional<Object> place = Optional.of(all);
    for (String step : claim.split("\\.", -1)) {
      place =
          place.flatMap(
              now -> now instanceof Map<?, ?> map ? Optional.ofNullable(map.get(step)) : empty());
    }
    return place;
  }

  private static Optional<Object> empty() {
    return Optional.empty();
  }
}
