package io.meshbridge.api;

import io.meshbridge.looking.UnreadableMeshException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Makes a problem of everything that goes wrong, so that no client meets a page or a stack trace.
 */
final class ProblemMappers {
  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

  @ServerExceptionMapper
  Response badParameter(BadParameterException bad) {
    var detail =
        bad.faults().stream()
            .map(f -> f.parameter() + " is '" + f.value() + "', expected " + f.expected())
            .collect(Collectors.joining("; "));
    return Problem.answer(Response.Status.BAD_REQUEST, detail, bad.faults());
  }

  @ServerExceptionMapper
  Response malformedBody(MalformedBodyException malformed) {
    return Problem.answer(Response.Status.BAD_REQUEST, malformed.detail(), List.of());
  }

  @ServerExceptionMapper
  Response unknownImport(UnknownImportException unknown) {
    return Problem.answer(Response.Status.NOT_FOUND, unknown.detail(), List.of());
  }

  @ServerExceptionMapper
  Response unknownMesh(UnknownMeshException unknown) {
    return Problem.answer(Response.Status.NOT_FOUND, unknown.detail(), List.of());
  }

  @ServerExceptionMapper
  Response busy(BusyException busy) {
    return Problem.answer(
        Response.Status.TOO_MANY_REQUESTS, String.valueOf(busy.getMessage()), List.of());
  }

  @ServerExceptionMapper
  Response unreadableMesh(UnreadableMeshException unreadable) {
    return Problem.answer(
        Response.Status.BAD_GATEWAY, String.valueOf(unreadable.getMessage()), List.of());
  }

  @ServerExceptionMapper
  Response ofHttp(WebApplicationException exception, UriInfo uri) {
    var status = exception.getResponse().getStatusInfo();
    var detail =
        switch (status.getStatusCode()) {
          case 404 -> "there is nothing at /" + path(uri) + "; /q/openapi says what there is";
          case 405 -> "this interface is read only: use GET, and POST only for /api/v1/translate";
          case 413 ->
              "a body must not be larger than "
                  + BodyReader.MAX_BYTES
                  + " bytes; meshbridge translate takes more";
          case 415 -> "this interface reads application/json only";
          case 406 -> "this interface speaks application/json only";
          case 503 -> "this process serves no federation (yet); ask one that was started with run";
          default -> status.getReasonPhrase();
        };
    return Problem.answer(status, detail, List.of());
  }

  @ServerExceptionMapper
  Response unexpected(Throwable bug, UriInfo uri) {
    LOG.errorf(bug, "request failed path=%s", path(uri));
    return Problem.answer(
        Response.Status.INTERNAL_SERVER_ERROR,
        "the bridge failed to answer; its log says why",
        List.of());
  }

  private static String path(UriInfo uri) {
    var path = uri.getPath();
    return path.startsWith("/") ? path.substring(1) : path;
  }
}
