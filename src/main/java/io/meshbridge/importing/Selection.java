package io.meshbridge.importing;

import io.meshbridge.catalog.Catalog;
import io.meshbridge.model.Export;
import io.meshbridge.model.Member;
import io.meshbridge.model.ServiceKey;

/** Which exports a target takes, and what it would like to call them. */
final class Selection {
  private Selection() {}

  /**
   * Whether the export is for this target: not its own, not one that has been there, of a mesh that
   * lets it import, and one that it takes.
   */
  static boolean isWanted(Export export, TargetMesh target, Catalog catalog) {
    return target.rules().admit(export.key())
        && !export.path().contains(target.id())
        && catalog.member(export.key().mesh()).filter(m -> m.admits(target.id())).isPresent();
  }

  /** The name that the service has if nobody else wants it. */
  static String plainName(ServiceKey service, TargetMesh target, Catalog catalog) {
    return Names.render(
        target.nameTemplate(),
        target.nameSyntax(),
        service,
        target.namespaceFor(service),
        hostSuffix(service, catalog));
  }

  /** The name that the service has if somebody else has the plain one. */
  static String contestedName(ServiceKey service, TargetMesh target, Catalog catalog) {
    return Names.renderContested(
        target.nameTemplate(),
        target.nameSyntax(),
        service,
        target.namespaceFor(service),
        hostSuffix(service, catalog));
  }

  private static String hostSuffix(ServiceKey service, Catalog catalog) {
    return catalog
        .member(service.mesh())
        .map(Member::hostSuffix)
        .orElseGet(() -> Member.defaultHostSuffix(service.mesh()));
  }
}
