package io.meshbridge.api;

import io.meshbridge.status.MeshStatus;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A mesh, as REST tells it. */
@Schema(name = "Mesh", description = "A mesh of the federation, seen from this bridge.")
record MeshView(
    @Schema(description = "Its id in the federation.", examples = "east") String id,
    @Schema(description = "Its make.", examples = "istio") String kind,
    @Schema(description = "The version of its control plane; empty if not known.") String version,
    @Schema(description = "The trust domain of its identities; empty if none.") String trustDomain,
    @Schema(description = "How many certificates its identities chain to; 0 if it has not said.")
        int trustRoots,
    @Schema(description = "Whether the federation's operators made it a member.") boolean member,
    @Schema(
            description = "What this bridge is to it.",
            enumeration = {"leader", "standby", "observer"})
        String role,
    @Schema(
            description = "Whether the bridge that speaks for it can read it.",
            enumeration = {"starting", "live", "interrupted"})
        String source,
    @Schema(description = "What is wrong with it; empty if nothing.") String reason,
    @Schema(
            description =
                "The age of its last sign of life in milliseconds; -1 if it never gave one.")
        long heartbeatAgeMs,
    @Schema(description = "How many services it offers.") int exports,
    @Schema(description = "How many imports it has in each state; states without any are absent.")
        Map<String, Integer> imports) {

  static MeshView of(MeshStatus mesh) {
    var imports = new LinkedHashMap<String, Integer>();
    mesh.imports().forEach((state, count) -> imports.put(state.word(), count));
    return new MeshView(
        mesh.id().value(),
        mesh.kind(),
        mesh.version(),
        mesh.trustDomain(),
        mesh.trustRoots(),
        mesh.member(),
        mesh.role().name().toLowerCase(Locale.ROOT),
        mesh.source().name().toLowerCase(Locale.ROOT),
        mesh.reason(),
        mesh.heartbeatAge().isNegative() ? -1 : mesh.heartbeatAge().toMillis(),
        mesh.exports(),
        imports);
  }
}
