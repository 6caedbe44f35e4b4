package io.meshbridge.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the template of an import's name may look like. */
final class NameTemplate {
  /** What can stand in it. */
  static final String VARIABLES = "{service}, {namespace}, {target-namespace}, {mesh}, {suffix}";

  private static final List<String> KNOWN =
      List.of("service", "namespace", "target-namespace", "mesh", "suffix");
  private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]*)}");

  private NameTemplate() {}

  /** What is wrong with a template; empty if nothing. */
  static Optional<String> faultOf(String template) {
    var unknown =
        VARIABLE
            .matcher(template)
            .results()
            .map(match -> match.group(1))
            .filter(variable -> !KNOWN.contains(variable))
            .findFirst();
    if (unknown.isPresent()) {
      return Optional.of(
          "'"
              + template
              + "' holds the unknown variable {"
              + unknown.get()
              + "}; known are "
              + VARIABLES);
    }
    // Without these, services of two meshes would get one name, and one would hide the other.
    boolean tellsMeshesApart = template.contains("{mesh}") || template.contains("{suffix}");
    return template.contains("{service}") && tellsMeshesApart
        ? Optional.empty()
        : Optional.of(
            "'" + template + "' must hold {service}, and {mesh} or {suffix}, to keep names apart");
  }
}
