package io.meshbridge.doctor;

import io.meshbridge.config.MeshConfig;

/** How settings of a mesh are written. */
final class ConfigKeys {
  private ConfigKeys() {}

  /** One of every mesh. */
  static String of(MeshConfig mesh, String setting) {
    return "meshbridge.meshes." + mesh.mesh().id() + "." + setting;
  }
}
