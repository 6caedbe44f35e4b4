package io.meshbridge.testkit.contract;

/** The fields of an import that a mesh may hold or lose. */
public enum ModelField {
  /** What a port is called. */
  PORT_NAME,
  /** The number that clients call. */
  PORT_NUMBER,
  /** What is spoken on a port. */
  PORT_PROTOCOL,
  /** What the origin says of the service. */
  LABELS,
  /** An endpoint's address. */
  ADDRESS,
  /** The number on which an endpoint answers for a port. */
  ENDPOINT_PORT,
  /** Whether an endpoint should get traffic. */
  HEALTH,
  /** An endpoint's share of the traffic. */
  WEIGHT,
  /** The region of an endpoint. */
  REGION,
  /** The zone of an endpoint. */
  ZONE,
  /** The network on which an endpoint's address is reachable. */
  NETWORK,
  /** What the origin says of an endpoint. */
  ENDPOINT_LABELS,
  /** The identity that an endpoint's certificate shows. */
  IDENTITY
}
