package io.meshbridge.api;

import io.meshbridge.model.ServicePort;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A port, as REST tells it. */
@Schema(name = "Port", description = "A port that clients of a service call.")
record PortView(
    @Schema(description = "Unique within its service.", examples = "http") String name,
    @Schema(description = "1 to 65535.", examples = "80") int number,
    @Schema(description = "What is spoken there.", examples = "http") String protocol) {

  static PortView of(ServicePort port) {
    return new PortView(
        port.name(), port.number(), port.protocol().name().toLowerCase(Locale.ROOT));
  }
}
