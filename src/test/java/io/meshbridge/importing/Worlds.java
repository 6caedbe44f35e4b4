package io.meshbridge.importing;

import io.meshbridge.catalog.CatalogScript;
import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.Export;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.NameSyntax;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.testkit.Samples;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** Values that tests of importing share: target {@code t} imports from {@code a} and {@code b}. */
final class Worlds {
  static final MeshId A = new MeshId("a");
  static final MeshId B = new MeshId("b");
  static final MeshId T = new MeshId("t");

  /** A template under which equal service names of two meshes meet. */
  static final TargetMesh TARGET = target("", "{service}");

  private Worlds() {}

  static TargetMesh target(String network, String template) {
    return new TargetMesh(
        new MeshDescriptor(T, "istio", "", "", network), NameSyntax.DNS_NAME, template);
  }

  static CatalogScript federation() {
    var script = new CatalogScript();
    script.members(
        Member.active(A, "istio"), Member.active(B, "consul"), Member.active(T, "istio"));
    script.read(A).read(B).read(T);
    return script;
  }

  static World world(CatalogScript script) {
    return World.of(TARGET).with(script.everything()).world();
  }

  static ServiceKey key(MeshId mesh, String name) {
    return new ServiceKey(mesh, "shop", name);
  }

  static Export export(ServiceKey key, Instant firstSeen) {
    return export(key, firstSeen, FederationPath.startingAt(key.mesh()), AccessPolicy.OPEN);
  }

  static Export export(
      ServiceKey key, Instant firstSeen, FederationPath path, AccessPolicy access) {
    return new Export(
        key, List.of(Samples.HTTP), new TreeMap<>(), List.of(), firstSeen, path, access);
  }

  static Member admitting(MeshId mesh, List<MeshId> importers, List<String> ranges) {
    return new Member(
        mesh, "istio", "", Member.defaultHostSuffix(mesh), ranges, importers, Member.State.ACTIVE);
  }
}
