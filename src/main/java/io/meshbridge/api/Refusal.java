package io.meshbridge.api;

import io.grpc.Status;
import io.meshbridge.looking.UnreadableMeshException;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why a request is not answered, for both interfaces.
 *
 * @param detail what is wrong, and what to do; names nothing from inside the process
 * @param faults one for each parameter that is wrong
 */
record Refusal(Kind kind, String detail, List<Problem.Fault> faults) {
  /** What the kinds are called in REST and in gRPC. */
  enum Kind {
    INVALID(Response.Status.BAD_REQUEST, Status.Code.INVALID_ARGUMENT),
    /** What was shown is no credential that counts. */
    WRONG_TOKEN(Response.Status.UNAUTHORIZED, Status.Code.UNAUTHENTICATED),
    UNAUTHENTICATED(Response.Status.UNAUTHORIZED, Status.Code.UNAUTHENTICATED),
    FORBIDDEN(Response.Status.FORBIDDEN, Status.Code.PERMISSION_DENIED),
    UNKNOWN(Response.Status.NOT_FOUND, Status.Code.NOT_FOUND),
    BUSY(Response.Status.TOO_MANY_REQUESTS, Status.Code.RESOURCE_EXHAUSTED),
    UNREADABLE(Response.Status.BAD_GATEWAY, Status.Code.UNAVAILABLE),
    LACKS_RIGHT(Response.Status.BAD_GATEWAY, Status.Code.FAILED_PRECONDITION),
    UNAVAILABLE(Response.Status.SERVICE_UNAVAILABLE, Status.Code.UNAVAILABLE),
    TOO_LONG(Response.Status.GATEWAY_TIMEOUT, Status.Code.DEADLINE_EXCEEDED);

    private final Response.Status http;
    private final Status.Code grpc;

    Kind(Response.Status http, Status.Code grpc) {
      this.http = http;
      this.grpc = grpc;
    }

    /** What REST says about how to be let in (RFC 6750); empty if it says nothing. */
    Optional<String> challenge() {
      return switch (this) {
        case UNAUTHENTICATED -> Optional.of("Bearer");
        case WRONG_TOKEN -> Optional.of("Bearer error=\"invalid_token\"");
        default -> Optional.empty();
      };
    }
  }

  /** What a bridge without a federation says. */
  static final String SERVES_NOTHING =
      "this process serves no federation (yet); ask one that was started with run";

  /** Copies. */
  Refusal {
    faults = List.copyOf(faults);
  }

  Refusal(Kind kind, String detail) {
    this(kind, detail, List.of());
  }

  /** What a failure means to whoever asked; empty if it is a bug of ours. */
  static Optional<Refusal> of(Throwable failure) {
    return switch (failure) {
      case RefusedException refused -> Optional.of(refused.refusal());
      case BadParameterException bad ->
          Optional.of(new Refusal(Kind.INVALID, inWords(bad.faults()), bad.faults()));
      case MalformedBodyException malformed ->
          Optional.of(new Refusal(Kind.INVALID, malformed.detail()));
      case UnknownImportException unknown ->
          Optional.of(new Refusal(Kind.UNKNOWN, unknown.detail()));
      case UnknownMeshException unknown -> Optional.of(new Refusal(Kind.UNKNOWN, unknown.detail()));
      case BusyException busy ->
          Optional.of(new Refusal(Kind.BUSY, String.valueOf(busy.getMessage())));
      case UnreadableMeshException unreadable ->
          Optional.of(new Refusal(Kind.UNREADABLE, String.valueOf(unreadable.getMessage())));
      case ServiceUnavailableException none ->
          Optional.of(new Refusal(Kind.UNAVAILABLE, SERVES_NOTHING));
      default -> Optional.empty();
    };
  }

  /** As REST tells it. */
  Response problem() {
    return Problem.answer(kind.http, detail, faults);
  }

  /** The same without a response to put it into. */
  Problem asProblem() {
    return Problem.of(kind.http, detail, faults);
  }

  /** As gRPC tells it. */
  Status status() {
    return kind.grpc.toStatus().withDescription(detail);
  }

  private static String inWords(List<Problem.Fault> faults) {
    return faults.stream()
        .map(f -> f.parameter() + " is '" + f.value() + "', expected " + f.expected())
        .collect(Collectors.joining("; "));
  }
}
