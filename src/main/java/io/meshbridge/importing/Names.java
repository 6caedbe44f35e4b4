package io.meshbridge.importing;

import io.meshbridge.model.NameSyntax;
import io.meshbridge.model.ServiceKey;

/** What an import is called in its target. Names are only ever written: nobody parses them. */
public final class Names {
  private Names() {}

  /**
   * The name that an import would have if it were alone.
   *
   * @param template text with the variables {@code {service}}, {@code {namespace}}, {@code
   *     {target-namespace}}, {@code {mesh}} and {@code {suffix}}
   * @param syntax what the target can hold; a name that it cannot hold is shortened and given a
   *     hash
   * @param targetNamespace where the import is put in the target
   * @param hostSuffix what stands for {@code {suffix}}: the origin's host suffix
   */
  public static String render(
      String template,
      NameSyntax syntax,
      ServiceKey service,
      String targetNamespace,
      String hostSuffix) {
    var name =
        template
            .replace("{service}", NameSyntax.label(service.name()))
            .replace("{namespace}", NameSyntax.label(service.namespace()))
            .replace("{target-namespace}", NameSyntax.label(targetNamespace))
            .replace("{mesh}", service.mesh().value())
            .replace("{suffix}", hostSuffix);
    return syntax.accepts(name) ? name : shortened(name, syntax, service);
  }

  /** The same where nobody says into which namespace: it is the one at home. */
  public static String render(
      String template, NameSyntax syntax, ServiceKey service, String hostSuffix) {
    return render(template, syntax, service, service.namespace(), hostSuffix);
  }

  /**
   * The name for the one who comes too late: told apart from {@link #render} by a short hash of the
   * service, in its first label, so that a host stays under its origin's suffix.
   */
  static String renderContested(
      String template,
      NameSyntax syntax,
      ServiceKey service,
      String targetNamespace,
      String hostSuffix) {
    var name = render(template, syntax, service, targetNamespace, hostSuffix);
    return NameSyntax.withHash(firstLabel(name), service.toString()) + afterFirstLabel(name);
  }

  /** What stands after the first label is kept if it can be: a host stays under its suffix. */
  private static String shortened(String name, NameSyntax syntax, ServiceKey service) {
    var label = NameSyntax.withHash(firstLabel(name), service.toString());
    var whole = label + afterFirstLabel(name);
    return syntax.accepts(whole) ? whole : label;
  }

  private static String afterFirstLabel(String name) {
    var dot = name.indexOf('.');
    return dot < 0 ? "" : name.substring(dot);
  }

  private static String firstLabel(String name) {
    var dot = name.indexOf('.');
    return NameSyntax.label(dot < 0 ? name : name.substring(0, dot));
  }
}
