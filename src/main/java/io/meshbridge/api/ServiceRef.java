package io.meshbridge.api;

import io.meshbridge.model.ServiceKey;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Which service, as REST tells it. */
@Schema(name = "ServiceRef", description = "Which service, in the whole federation.")
record ServiceRef(
    @Schema(description = "The mesh that offers it.", examples = "east") String mesh,
    @Schema(description = "Its namespace there.", examples = "bookshop") String namespace,
    @Schema(description = "Its name there.", examples = "reviews") String name) {

  static ServiceRef of(ServiceKey key) {
    return new ServiceRef(key.mesh().value(), key.namespace(), key.name());
  }
}
