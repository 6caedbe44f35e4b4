package io.meshbridge.cli;

import io.meshbridge.model.AddressRange;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.NameSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/**
 * A member as somebody wrote it down, not checked yet.
 *
 * @param trustDomain empty if not given
 * @param hostSuffix empty for the default
 */
record MemberForm(
    String id,
    String kind,
    String trustDomain,
    String hostSuffix,
    List<String> addressRanges,
    List<String> importers) {
  MemberForm {
    addressRanges = List.copyOf(addressRanges);
    importers = List.copyOf(importers);
  }

  /**
   * The member.
   *
   * @param kinds the makes of mesh that there are
   * @throws InvalidInputException naming every value that is wrong
   */
  Member member(SortedSet<String> kinds) {
    var faults = new ArrayList<String>();
    requireMeshId("ID", id, faults);
    require(
        kinds.contains(kind),
        "--kind: '" + kind + "' is no known kind of mesh; known are " + kinds,
        faults);
    require(
        trustDomain.isEmpty() || NameSyntax.DNS_NAME.accepts(trustDomain),
        "--trust-domain: '" + trustDomain + "' is not a name such as east.example",
        faults);
    checkSuffix(faults);
    for (String range : addressRanges) {
      require(
          AddressRange.parse(range).isPresent(),
          "--address-range: '" + range + "' is not a CIDR block such as 10.0.0.0/8",
          faults);
    }
    importers.forEach(importer -> requireMeshId("--importer", importer, faults));
    if (!faults.isEmpty()) {
      throw new InvalidInputException(faults);
    }
    var meshId = new MeshId(id);
    return new Member(
        meshId,
        kind,
        trustDomain,
        hostSuffix.isEmpty() ? Member.defaultHostSuffix(meshId) : hostSuffix,
        addressRanges,
        importers.stream().map(MeshId::new).toList(),
        Member.State.ACTIVE);
  }

  private void checkSuffix(List<String> faults) {
    if (hostSuffix.isEmpty()) {
      return;
    }
    require(
        NameSyntax.DNS_NAME.accepts(hostSuffix) && hostSuffix.contains("."),
        "--host-suffix: '" + hostSuffix + "' is not a domain such as east.mesh.internal",
        faults);
    // Names below these are a mesh's own: an import there would stand in for a local service.
    require(
        !("." + hostSuffix).endsWith(".consul") && !("." + hostSuffix + ".").contains(".svc."),
        "--host-suffix: '" + hostSuffix + "' belongs to meshes themselves; choose another domain",
        faults);
  }

  private static void requireMeshId(String what, String value, List<String> faults) {
    require(
        NameSyntax.DNS_LABEL.accepts(value),
        what + ": '" + value + "' is no mesh id: it must be a DNS label (a-z, 0-9, '-')",
        faults);
  }

  private static void require(boolean holds, String fault, List<String> faults) {
    if (!holds) {
      faults.add(fault);
    }
  }
}
