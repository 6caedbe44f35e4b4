package io.meshbridge.api;

import io.meshbridge.looking.ServedConfiguration;
import io.meshbridge.status.FederationView;
import io.meshbridge.status.LogPositions;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What this process is, for those who look after it. */
@Path("/q/info")
public final class InfoResource {
  private final InfoView.Build build;
  private final ServedConfiguration configuration;
  private final FederationView federation;
  private final LogPositions positions;

  InfoResource(
      @ConfigProperty(name = "quarkus.application.version") String version,
      @ConfigProperty(name = "build.commit") Optional<String> commit,
      ServedConfiguration configuration,
      FederationView federation,
      LogPositions positions) {
    this.build = new InfoView.Build(version, commit);
    this.configuration = configuration;
    this.federation = federation;
    this.positions = positions;
  }

  /** The build, and the federation once there is one. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public InfoView info() {
    return new InfoView(
        build,
        configuration
            .current()
            .map(config -> InfoView.Federation.of(config, federation, positions)));
  }
}
