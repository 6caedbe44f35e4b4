package io.meshbridge.adapter.kubernetes;

import java.util.function.Predicate;

/**
 * What is kept of a Service to tell its owner of it.
 *
 * @param uid which incarnation it is
 * @param marked whether it says itself that it is exported
 * @param external whether it stands for a name elsewhere
 * @param mirroredBy the tool that mirrored it from elsewhere; empty if it is at home here
 */
record OwnService(String uid, boolean marked, boolean external, String mirroredBy) {
  /**
   * Reads a Service.
   *
   * @param ownMark whether a Service says itself that it is exported
   */
  static OwnService of(KubeObject service, Predicate<KubeObject> ownMark) {
    var type = service.fields(Problems.NONE).object("spec").text("type");
    return new OwnService(
        service.version().uid(),
        ownMark.test(service),
        type.equals("ExternalName"),
        ForeignMirrors.toolOf(service).orElse(""));
  }
}
