package io.meshbridge.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshbridge.it.BridgeConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A mesh of any make that lives in Kubernetes, as a folder of manifests. */
final class ManifestFolder implements Side {
  private static final String EXPORT = "meshbridge.io/export";
  private static final String SLICE_OF = "kubernetes.io/service-name";

  private final String mesh;
  private final String kind;
  private final Path folder;
  private final ImportsFolder imports;

  ManifestFolder(String mesh, String kind, Path folder) {
    this.mesh = mesh;
    this.kind = kind;
    this.folder = folder;
    this.imports = ImportsFolder.of(folder);
  }

  @Override
  public String mesh() {
    return mesh;
  }

  @Override
  public String place() {
    var make = kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1);
    return make + ": Kubernetes manifests in " + folder.getFileName() + "/";
  }

  @Override
  public BridgeConfiguration addTo(BridgeConfiguration configuration) {
    return configuration.withFolder(mesh, kind, folder);
  }

  @Override
  public List<String> offered() throws IOException {
    var names = new ArrayList<String>();
    for (Manifest manifest : Manifest.allIn(folder, imports.folder())) {
      for (JsonNode document : manifest.documents()) {
        if (document.path("kind").asText().equals("Service")
            && document.at("/metadata/labels").path(EXPORT).asText().equals("true")) {
          names.add(document.at("/metadata/name").asText());
        }
      }
    }
    return List.copyOf(names);
  }

  @Override
  public Edit change() throws IOException {
    var service = offered().getFirst();
    for (Manifest manifest : Manifest.allIn(folder, imports.folder())) {
      for (JsonNode document : manifest.documents()) {
        if (document.at("/metadata/labels").path(SLICE_OF).asText().equals(service)
            && document.path("endpoints") instanceof ArrayNode endpoints
            && !endpoints.isEmpty()) {
          var address = addEndpoint(endpoints);
          manifest.save();
          var what = "endpoint " + address + " added";
          return new Edit(service, what, address, System.nanoTime());
        }
      }
    }
    throw new IOException("no EndpointSlice of " + service + " in " + folder);
  }

  /** Like the first one, at an address that nobody has. */
  private static String addEndpoint(ArrayNode endpoints) {
    var address = "10.99." + endpoints.size() + ".77";
    ObjectNode added = endpoints.get(0).deepCopy();
    added.putArray("addresses").add(address);
    added.remove("targetRef");
    endpoints.add(added);
    return address;
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
