package io.meshbridge.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The meshes that a service has travelled through, its origin first. It only grows, and never
 * returns.
 *
 * @param meshes at least one, none twice
 */
public record FederationPath(List<MeshId> meshes) {
  /**
   * @throws IllegalArgumentException if empty, or if a mesh stands in it twice
   */
  public FederationPath {
    meshes = List.copyOf(meshes);
    Checks.require(!meshes.isEmpty(), "a federation path must hold at least its origin");
    Checks.require(
        new HashSet<>(meshes).size() == meshes.size(),
        "a federation path must not return, but is " + meshes);
  }

  /** The path of a service that is still at home. */
  public static FederationPath startingAt(MeshId origin) {
    return new FederationPath(List.of(origin));
  }

  /**
   * Reads what {@link #toString()} wrote.
   *
   * @throws IllegalArgumentException if it is no path
   */
  public static FederationPath parse(String text) {
    var meshes = new ArrayList<MeshId>();
    for (String mesh : text.split(",", -1)) {
      meshes.add(new MeshId(mesh));
    }
    return new FederationPath(meshes);
  }

  /** Whether the service has been in this mesh. */
  public boolean contains(MeshId mesh) {
    return meshes.contains(mesh);
  }

  /**
   * The path after one more mesh.
   *
   * @throws IllegalArgumentException if the mesh stands in the path already
   */
  public FederationPath then(MeshId next) {
    var longer = new ArrayList<>(meshes);
    longer.add(next);
    return new FederationPath(longer);
  }

  /** Where the service is at home. */
  public MeshId origin() {
    return meshes.getFirst();
  }

  /** The mesh ids, joined by commas. */
  @Override
  public String toString() {
    return meshes.stream().map(MeshId::value).collect(Collectors.joining(","));
  }
}
