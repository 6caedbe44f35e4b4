package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.spi.reading.TracedFields;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Reads where requests or connections are sent. */
final class RefReader {
  private static final int MAX_PORT = 65_535;
  private static final Set<String> CORE = Set.of("", "core");

  private final RouteTarget target;
  private final String namespace;
  private final OptionalInt ownPort;

  /**
   * Reads for the rules of one route.
   *
   * @param namespace the route's
   * @param ownPort the only port of the target on which the rules act; empty if there are several
   */
  RefReader(RouteTarget target, String namespace, OptionalInt ownPort) {
    this.target = target;
    this.namespace = namespace;
    this.ownPort = ownPort;
  }

  /** Where a reference points; empty, and told, if that is no Service. */
  Optional<BackendRef> read(SourcedFields ref) {
    var fields = ref.fields();
    if (!isService(fields)) {
      Stream.of("group", "kind", "name", "namespace", "port")
          .forEach(
              name ->
                  fields.drop(
                      name,
                      "only Services can be told to other meshes as backends",
                      "refer to a Service"));
      return Optional.empty();
    }
    ref.text("group");
    ref.text("kind");
    var other = ref.text("namespace").filter(text -> !text.isEmpty()).orElse(namespace);
    var name = ref.required("name");
    var port = ref.integer("port", 1, MAX_PORT);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    if (!fields.has("port")) {
      fields.error("port", "is missing; a Service as a backend needs its port");
    }
    return Optional.of(refTo(new ResourceKey(other, name.orElseThrow()), port));
  }

  private BackendRef refTo(ResourceKey service, OptionalInt port) {
    if (!service.equals(target.service())) {
      return new BackendRef(Optional.of(target.keyOf(service)), "", port);
    }
    var other = Optional.<ServiceKey>empty();
    return port.equals(ownPort)
        ? new BackendRef(other, "", OptionalInt.empty())
        : new BackendRef(other, "", port);
  }

  private static boolean isService(TracedFields fields) {
    return fields.text("kind").orElse("Service").equals("Service")
        && CORE.contains(fields.text("group").orElse(""));
  }
}
