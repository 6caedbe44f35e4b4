package io.meshbridge.model.traffic;

/** A way of failing after which a request is tried again. */
public enum RetryCondition {
  /** Any answer of 500 to 599, or none at all. */
  SERVER_ERROR,
  /** An answer of 502, 503 or 504. */
  GATEWAY_ERROR,
  /** No connection could be made. */
  CONNECT_FAILURE,
  /** The connection ended before an answer. */
  RESET,
  /** The connection ended before the request was sent. */
  RESET_BEFORE_REQUEST,
  /** The server refused the stream. */
  REFUSED_STREAM,
  /** An answer that asks for another try, such as 409. */
  RETRIABLE_4XX,
  /** The gRPC status {@code CANCELLED}. */
  GRPC_CANCELLED,
  /** The gRPC status {@code DEADLINE_EXCEEDED}. */
  GRPC_DEADLINE_EXCEEDED,
  /** The gRPC status {@code INTERNAL}. */
  GRPC_INTERNAL,
  /** The gRPC status {@code RESOURCE_EXHAUSTED}. */
  GRPC_RESOURCE_EXHAUSTED,
  /** The gRPC status {@code UNAVAILABLE}. */
  GRPC_UNAVAILABLE
}
