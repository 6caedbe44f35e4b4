package io.meshbridge.importing;

import io.meshbridge.model.NameSyntax;
import io.meshbridge.model.ServiceKey;
import java.util.List;
import java.util.Optional;

/**
 * Which services a mesh takes, and into which namespaces, as its own operators say.
 *
 * @param only those that match one of these; all if there is none
 * @param except but not those that match one of these
 * @param namespaces where they are put; the first that matches counts
 */
public record ImportRules(
    List<ServiceGlob> only, List<ServiceGlob> except, List<NamespaceRule> namespaces) {
  /** Takes everything, as it is at home. */
  public static final ImportRules ALL = new ImportRules(List.of(), List.of(), List.of());

  /** Copies. */
  public ImportRules {
    only = List.copyOf(only);
    except = List.copyOf(except);
    namespaces = List.copyOf(namespaces);
  }

  /**
   * Where some services are put.
   *
   * @param services which
   * @param namespace of the importing mesh
   */
  public record NamespaceRule(ServiceGlob services, String namespace) {
    /**
     * Reads {@code PATTERN=NAMESPACE}.
     *
     * @throws IllegalArgumentException if it is not that
     */
    public static NamespaceRule parse(String text) {
      int sign = text.indexOf('=');
      var namespace = sign < 0 ? "" : text.substring(sign + 1).strip();
      if (!NameSyntax.DNS_LABEL.accepts(namespace)) {
        throw new IllegalArgumentException(
            "'" + text + "' is no pattern with a namespace such as east/shop=bookshop");
      }
      return new NamespaceRule(ServiceGlob.parse(text.substring(0, sign).strip()), namespace);
    }
  }

  /** Where the service is put; empty if nothing is said of it. */
  public Optional<String> namespaceOf(ServiceKey service) {
    return namespaces.stream()
        .filter(rule -> rule.services().matches(service))
        .map(NamespaceRule::namespace)
        .findFirst();
  }

  /** Whether the mesh takes the service. */
  public boolean admit(ServiceKey service) {
    return (only.isEmpty() || only.stream().anyMatch(glob -> glob.matches(service)))
        && except.stream().noneMatch(glob -> glob.matches(service));
  }
}
