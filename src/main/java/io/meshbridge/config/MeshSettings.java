package io.meshbridge.config;

import static io.meshbridge.spi.SettingSpec.Type.BOOLEAN;
import static io.meshbridge.spi.SettingSpec.Type.TEXT;
import static io.meshbridge.spi.SettingSpec.optional;
import static io.meshbridge.spi.SettingSpec.required;

import io.meshbridge.spi.SettingSpec;
import java.util.List;

/** The settings that every mesh has, whatever its make. */
final class MeshSettings {
  /** What stands before the mesh's id. */
  static final String PREFIX = BridgeSettings.PREFIX + "meshes.";

  /** What stands, after the mesh's id, before what its adapter reads. */
  static final String OWN = "settings.";

  static final String KIND = "kind";
  static final String BACKEND = "backend";
  static final String TRUST_DOMAIN = "trust-domain";
  static final String NETWORK = "network";
  static final String TRANSIT = "transit";
  static final String INGRESS = "ingress";
  static final String OBSERVED = "observed";
  static final String IMPORTS_ONLY = "imports.only";
  static final String IMPORTS_EXCEPT = "imports.except";
  static final String IMPORTS_NAMESPACES = "imports.namespaces";

  /** All of them. */
  static final List<SettingSpec> SPECS =
      List.of(
          required(KIND, TEXT, "The make of the mesh: the word of one of the adapters below."),
          optional(
              BACKEND,
              TEXT,
              MeshConfig.Backend.LIVE.word(),
              "Where the mesh's objects are: `live`, behind the API of its control plane, or"
                  + " `files`, in a folder of manifests."),
          optional(
              TRUST_DOMAIN,
              TEXT,
              "",
              "The SPIFFE trust domain of the mesh's identities, where its adapter cannot find it"
                  + " out."),
          optional(
              NETWORK,
              TEXT,
              "",
              "The name of the network on which the addresses of the mesh's endpoints can be"
                  + " reached. Meshes with equal names, or with none, reach each other directly."),
          optional(
              TRANSIT,
              BOOLEAN,
              "false",
              "Whether what was imported into the mesh may be exported from it again."),
          optional(
              INGRESS,
              BOOLEAN,
              "false",
              "Whether ingress gateways of other meshes are imported into the mesh. They open it to"
                  + " the outside."),
          optional(
              OBSERVED,
              BOOLEAN,
              "false",
              "Whether nothing is written into the mesh, and only told what would be: by the status"
                  + " of each import, and object by object by `meshbridge diff`. What the mesh"
                  + " exports is not touched by it."),
          optional(
              IMPORTS_ONLY,
              TEXT,
              "",
              "The services that are imported into the mesh, as a list of patterns `MESH`,"
                  + " `MESH/NAMESPACE` or `MESH/NAMESPACE/NAME` with commas between, in which `*`"
                  + " stands for any text. All services of all members if nothing is given. What"
                  + " is no longer named is removed."),
          optional(
              IMPORTS_EXCEPT,
              TEXT,
              "",
              "The services that are not imported into the mesh, whatever `imports.only` says; as"
                  + " patterns of the same form."),
          optional(
              IMPORTS_NAMESPACES,
              TEXT,
              "",
              "Into which namespaces services are imported, as a list of `PATTERN=NAMESPACE` with"
                  + " commas between; the first that matches counts. What none matches goes where"
                  + " the mesh's other settings say. Only for makes that have namespaces."));

  private MeshSettings() {}
}
