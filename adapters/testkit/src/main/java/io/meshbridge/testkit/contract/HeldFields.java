package io.meshbridge.testkit.contract;

import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Health;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a make of mesh must hold of an import, so that what was written reads back the same and
 * nothing is told as lost. This is the reviewed list: a make that holds less is a change here, seen
 * by everyone. Whatever is not held has to be told as a loss.
 *
 * @param fields the fields that come back exactly
 * @param protocols the protocols that come back, if {@link ModelField#PORT_PROTOCOL} is held; else
 *     those that nothing is lost of
 * @param healths the states of health that come back
 * @param severalPorts whether one service has several ports
 * @param hostNames whether an endpoint's address may be a host name
 * @param portsDiffer whether endpoints may answer on another number than the service's
 * @param portName the only name of a port of which nothing is lost; empty for any
 */
public record HeldFields(
    Set<ModelField> fields,
    Set<AppProtocol> protocols,
    Set<Health> healths,
    boolean severalPorts,
    boolean hostNames,
    boolean portsDiffer,
    String portName) {

  /**
   * A ServiceEntry. It has no word for health (only endpoints that take traffic are written), for
   * the service's labels, and for identities and networks of a foreign mesh.
   */
  public static final HeldFields ISTIO =
      new HeldFields(
          EnumSet.of(
              ModelField.PORT_NAME,
              ModelField.PORT_NUMBER,
              ModelField.PORT_PROTOCOL,
              ModelField.ADDRESS,
              ModelField.ENDPOINT_PORT,
              ModelField.WEIGHT,
              ModelField.REGION,
              ModelField.ZONE,
              ModelField.ENDPOINT_LABELS),
          EnumSet.of(
              AppProtocol.HTTP,
              AppProtocol.HTTP2,
              AppProtocol.HTTPS,
              AppProtocol.GRPC,
              AppProtocol.TLS,
              AppProtocol.MONGO,
              AppProtocol.TCP),
          EnumSet.of(Health.READY),
          true,
          true,
          true,
          "");

  /**
   * Instances in the catalog. A service is its instances: it has neither ports nor a protocol of
   * its own, and its labels are those of its instances.
   */
  public static final HeldFields CONSUL =
      new HeldFields(
          EnumSet.of(
              ModelField.LABELS,
              ModelField.ADDRESS,
              ModelField.ENDPOINT_PORT,
              ModelField.HEALTH,
              ModelField.WEIGHT,
              ModelField.ENDPOINT_LABELS),
          EnumSet.of(AppProtocol.TCP),
          EnumSet.of(Health.READY, Health.WARNING, Health.NOT_READY),
          false,
          true,
          false,
          "tcp");

  /**
   * A Service and its EndpointSlices. A slice knows ready, leaving or not ready, and a zone; it
   * knows no warning, no weight, no region, and nothing of who answers. Linkerd takes gRPC for the
   * HTTP/2 that it is.
   */
  public static final HeldFields LINKERD =
      new HeldFields(
          EnumSet.of(
              ModelField.PORT_NAME,
              ModelField.PORT_NUMBER,
              ModelField.PORT_PROTOCOL,
              ModelField.ADDRESS,
              ModelField.ENDPOINT_PORT,
              ModelField.HEALTH,
              ModelField.ZONE),
          EnumSet.complementOf(EnumSet.of(AppProtocol.GRPC)),
          EnumSet.of(Health.READY, Health.DRAINING, Health.NOT_READY),
          true,
          false,
          true,
          "");

  /** Copies. */
  public HeldFields {
    fields = Set.copyOf(fields);
    protocols = Set.copyOf(protocols);
    healths = Set.copyOf(healths);
  }

  /** Whether this field comes back exactly. */
  public boolean holds(ModelField field) {
    return fields.contains(field);
  }
}
