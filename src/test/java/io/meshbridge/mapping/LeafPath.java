package io.meshbridge.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where a leaf stands in all objects of its kind, such as {@code
 * spec.http[].match[].headers{}.exact}: {@code []} is any element of a list, <code>{}</code> any
 * value of a map, <code>{key}</code> the value of that key.
 */
record LeafPath(List<Step> steps) {
  private static final Pattern STEP = Pattern.compile("\\[\\]|\\{([^}]*)\\}|\\.?([^.\\[{]+)");

  LeafPath {
    steps = List.copyOf(steps);
  }

  /**
   * @throws IllegalArgumentException if it is none
   */
  static LeafPath parse(String text) {
    var steps = new ArrayList<Step>();
    var matcher = STEP.matcher(text);
    int end = 0;
    while (matcher.find()) {
      if (matcher.start() != end) {
        break;
      }
      end = matcher.end();
      if (matcher.group(1) != null) {
        steps.add(Step.entry(matcher.group(1)));
      } else if (matcher.group(2) != null) {
        steps.add(Step.field(matcher.group(2)));
      } else {
        steps.add(Step.element());
      }
    }
    if (end != text.length() || steps.isEmpty()) {
      throw new IllegalArgumentException("'" + text + "' is no path of a leaf");
    }
    return new LeafPath(steps);
  }

  /** The path of what stands in there. */
  LeafPath then(Step step) {
    var longer = new ArrayList<>(steps);
    longer.add(step);
    return new LeafPath(longer);
  }

  /**
   * The steps to the last field of that name, and into its first element if it is a list.
   *
   * @throws IllegalArgumentException if there is no such field on the way
   */
  List<Step> stepsTo(String field) {
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (steps.get(i).equals(Step.field(field))) {
        int end = i + 1;
        while (end < steps.size() && steps.get(end).kind() != Step.Kind.FIELD) {
          end++;
        }
        return steps.subList(0, end);
      }
    }
    throw new IllegalArgumentException("no field '" + field + "' on the way to " + this);
  }

  /** The path in a sample, as losses spell it, where free keys of maps are this one. */
  String concrete(String key) {
    var text = new StringBuilder();
    steps.forEach(step -> text.append(step.concrete(key)));
    return withoutFirstDot(text.toString());
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    steps.forEach(step -> text.append(step.spelled()));
    return withoutFirstDot(text.toString());
  }

  private static String withoutFirstDot(String text) {
    return text.startsWith(".") ? text.substring(1) : text;
  }
}
