package io.meshbridge.api;

import io.meshbridge.model.Reachability;
import io.meshbridge.status.ServiceStatus;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A service that some mesh offers, as REST tells it. */
@Schema(name = "Service", description = "A service that a mesh of the federation offers.")
record ServiceView(
    ServiceRef service,
    @Schema(description = "The ports that clients call.") List<PortView> ports,
    @Schema(description = "The names by which its own mesh calls it.") List<String> hostnames,
    @Schema(description = "The meshes that it has travelled through, its origin first.")
        List<String> path,
    @Schema(
            description = "How it can be reached at all.",
            enumeration = {"plain", "mesh-identity-required"})
        String reachability,
    @Schema(description = "At how many places it answers.") int endpoints,
    @Schema(description = "How many of these take traffic.") int takingTraffic,
    @Schema(description = "When it was first published.", format = "date-time") String firstSeen,
    @Schema(description = "When its source saw its last change.", format = "date-time")
        String observedAt,
    @Schema(description = "Why what is known of it may be old; empty if it is current.")
        String staleReason) {

  static ServiceView of(ServiceStatus service) {
    var export = service.export();
    return new ServiceView(
        ServiceRef.of(export.key()),
        export.ports().stream().map(PortView::of).toList(),
        export.hostnames(),
        export.path().meshes().stream().map(mesh -> mesh.value()).toList(),
        word(export.access().reachability()),
        service.endpoints(),
        service.takingTraffic(),
        export.firstSeen().toString(),
        service.observedAt().toString(),
        service.staleReason());
  }

  private static String word(Reachability reachability) {
    return switch (reachability) {
      case PLAIN -> "plain";
      case MESH_IDENTITY_REQUIRED -> "mesh-identity-required";
    };
  }
}
