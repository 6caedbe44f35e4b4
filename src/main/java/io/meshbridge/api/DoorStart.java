package io.meshbridge.api;

import io.meshbridge.cli.BeforeRun;
import io.meshbridge.config.ApiConfig;
import io.meshbridge.config.ApiSettings;
import io.meshbridge.config.InvalidConfigurationException;
import io.meshbridge.oidc.OidcFiles;
import io.meshbridge.spi.InvalidSettingsException.Fault;
import io.quarkus.vertx.http.HttpServer;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Looks at the credentials before a bridge runs, and opens the socket. */
@Singleton
final class DoorStart implements BeforeRun {
  private static final String PREFIX = "meshbridge.api.";

  private final ApiConfig config;
  private final DoorSocket socket;
  private final HttpServer server;

  DoorStart(Config config, DoorSocket socket, HttpServer server) {
    this.config = ApiSettings.read(config);
    this.socket = socket;
    this.server = server;
  }

  @Override
  public void prepare() {
    var faults = new ArrayList<Fault>();
    requireToken("operator-token-file", config.operatorToken(), faults);
    requireToken("viewer-token-file", config.viewerToken(), faults);
    config.oidc().flatMap(OidcFiles::faultOf).ifPresent(faults::add);
    if (!faults.isEmpty()) {
      throw new InvalidConfigurationException(faults);
    }
    config.socket().ifPresent(this::open);
  }

  private static void requireToken(String key, Optional<Path> file, List<Fault> faults) {
    file.flatMap(TokenFile::faultOf)
        .ifPresent(message -> faults.add(new Fault(PREFIX + key, message)));
  }

  private void open(Path file) {
    try {
      socket.open(file, server.getPort());
    } catch (UncheckedIOException failed) {
      throw new InvalidConfigurationException(
          List.of(new Fault(PREFIX + "socket", "cannot be made: " + failed.getCause())));
    }
  }
}
