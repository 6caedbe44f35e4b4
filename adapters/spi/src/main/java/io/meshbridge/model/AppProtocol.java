package io.meshbridge.model;

/** What is spoken on a port, as far as its mesh knows. */
public enum AppProtocol {
  /** Bytes that nobody looks into; also the answer when nothing is declared. */
  TCP,
  /** TLS that is passed on unopened, told apart by its SNI. */
  TLS,
  /** HTTP/1.1 in clear. */
  HTTP,
  /** HTTP inside TLS that the mesh does not open. */
  HTTPS,
  /** HTTP/2 in clear. */
  HTTP2,
  /** gRPC over HTTP/2 in clear. */
  GRPC,
  /** The MongoDB wire protocol. */
  MONGO,
  /** The MySQL wire protocol. */
  MYSQL,
  /** The Redis wire protocol. */
  REDIS,
  /** Datagrams. */
  UDP
}
