package io.meshbridge.api;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The lists that REST answers with. */
final class Pages {
  private static final String NEXT =
      "Give it back as `page` to get what follows; null after the last page.";

  private Pages() {}

  /** All meshes. */
  @Schema(name = "MeshList")
  record Meshes(@Schema(description = "Sorted by id.") List<MeshView> items) {}

  /** Some services. */
  @Schema(name = "ServicePage")
  record Services(
      @Schema(description = "Sorted by mesh, namespace, name.") List<ServiceView> items,
      @Schema(description = NEXT) @Nullable String next) {}

  /** Some imports. */
  @Schema(name = "ImportPage")
  record Imports(
      @Schema(description = "Sorted by target, then by the service's mesh, namespace, name.")
          List<ImportView> items,
      @Schema(description = NEXT) @Nullable String next) {}
}
