package io.meshbridge.demo;

import io.meshbridge.it.BridgeConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A mesh that is a folder of Consul definitions. */
final class ConsulFolder implements Side {
  private final String mesh;
  private final Path folder;
  private final ImportsFolder imports;

  ConsulFolder(String mesh, Path folder) {
    this.mesh = mesh;
    this.folder = folder;
    this.imports = ImportsFolder.of(folder);
  }

  @Override
  public String mesh() {
    return mesh;
  }

  @Override
  public String place() {
    return "Consul: definitions in " + folder.getFileName() + "/";
  }

  @Override
  public BridgeConfiguration addTo(BridgeConfiguration configuration) {
    return configuration.withFolder(mesh, "consul", folder);
  }

  @Override
  public List<String> offered() throws IOException {
    return definitions().callable();
  }

  @Override
  public Edit change() throws IOException {
    var service = offered().getFirst();
    int port = definitions().moveToNextPort(service);
    return new Edit(service, "port is now " + port, Integer.toString(port), System.nanoTime());
  }

  private ConsulDefinitions definitions() throws IOException {
    return ConsulDefinitions.in(folder, imports.folder());
  }

  @Override
  public Optional<String> sight(String from, String service, String trace) throws IOException {
    return imports.sight(from, service, trace);
  }

  @Override
  public void close() {
    // The folder goes with the demo's work folder.
  }
}
