package io.meshbridge.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Orders, as REST takes them. */
final class OrderBody {
  private static final Set<String> PAUSE = Set.of("target", "service", "why");
  private static final Set<String> SERVICE = Set.of("mesh", "namespace", "name");
  private static final Set<String> CONFIRMATION = Set.of("origin", "target", "why");

  private OrderBody() {}

  /** What is to be paused. */
  @Schema(name = "PauseBody")
  record Pause(
      @Schema(description = "The mesh that imports.", examples = "west") String target,
      @Schema(description = "A single import; all if left out.") @Nullable ServiceRef service,
      @Schema(description = "The reason: one line of at most 300 characters.") String why) {}

  /** What shall go. */
  @Schema(name = "ConfirmationBody")
  record Confirmation(
      @Schema(description = "The mesh whose services go.", examples = "east") String origin,
      @Schema(
              description =
                  "Only its imports in this mesh. If left out: its own withdrawals, and its imports"
                      + " in all meshes.")
          String target,
      @Schema(description = "The reason: one line of at most 300 characters.") String why) {}

  static OrderForm pause(InputStream body) throws IOException {
    return BodyReader.read(
        body,
        (reader, root) -> {
          reader.requireKnown(root, "", PAUSE);
          return new OrderForm(
              "",
              reader.text(root, "", "target", ""),
              service(reader, root.path("service")),
              reader.text(root, "", "why", ""));
        });
  }

  static OrderForm confirmation(InputStream body) throws IOException {
    return BodyReader.read(
        body,
        (reader, root) -> {
          reader.requireKnown(root, "", CONFIRMATION);
          return new OrderForm(
              reader.text(root, "", "origin", ""),
              reader.text(root, "", "target", ""),
              Optional.empty(),
              reader.text(root, "", "why", ""));
        });
  }

  private static Optional<ServiceRef> service(BodyReader reader, JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isObject()) {
      reader.fault("service", node, "an object {mesh, namespace, name}");
      return Optional.empty();
    }
    reader.requireKnown(node, "service.", SERVICE);
    return Optional.of(
        new ServiceRef(
            reader.text(node, "service.", "mesh", ""),
            reader.text(node, "service.", "namespace", ""),
            reader.text(node, "service.", "name", "")));
  }
}
