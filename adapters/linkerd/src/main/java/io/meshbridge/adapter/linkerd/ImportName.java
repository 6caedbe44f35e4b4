package io.meshbridge.adapter.linkerd;

import io.meshbridge.adapter.kubernetes.LossList;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.model.Import;
import io.meshbridge.model.NameSyntax;

/** Says as what, and where, an import stands in the cluster. */
final class ImportName {
  private ImportName() {}

  /**
   * The Service's name and namespace. What is wrong with them is a loss of outcome refused.
   *
   * @param namespace the one for all imports; empty for what stands after the name's first dot
   */
  static ResourceKey of(Import service, String namespace, LossList losses) {
    return of(service.name(), service.service().namespace(), namespace, losses);
  }

  /**
   * The same for an import of which only the name is known.
   *
   * @param origin the service's namespace at home
   */
  static ResourceKey of(String name, String origin, String namespace, LossList losses) {
    int dot = name.indexOf('.');
    if (!namespace.isEmpty()) {
      // What stands after the dot must not be lost: two services may differ in it alone.
      return new ResourceKey(namespace, startingWithALetter(NameSyntax.label(name), losses));
    }
    var home = dot < 0 ? NameSyntax.label(origin) : name.substring(dot + 1);
    if (!NameSyntax.DNS_LABEL.accepts(home)) {
      losses.refused(
          "name",
          "'" + name + "' puts the import into '" + home + "', which is no namespace",
          "name imports <service>.<namespace>, or give all of them one namespace");
    }
    var label = NameSyntax.label(dot < 0 ? name : name.substring(0, dot));
    return new ResourceKey(home, startingWithALetter(label, losses));
  }

  /** A Service's name is a DNS label of the older kind, which does not begin with a digit. */
  private static String startingWithALetter(String name, LossList losses) {
    if (!Character.isDigit(name.charAt(0))) {
      return name;
    }
    var other = NameSyntax.withHash("s-" + name, name);
    losses.approximated(
        "name",
        "a Service's name begins with a letter, so '" + name + "' is called '" + other + "'");
    return other;
  }
}
