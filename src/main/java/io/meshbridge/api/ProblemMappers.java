package io.meshbridge.api;

import io.meshbridge.looking.UnreadableMeshException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Makes a problem of everything that goes wrong, so that no client meets a page or a stack trace.
 */
final class ProblemMappers {
  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

  @ServerExceptionMapper({
    BadParameterException.class,
    MalformedBodyException.class,
    UnknownImportException.class,
    UnknownMeshException.class,
    BusyException.class,
    RefusedException.class,
    UnreadableMeshException.class
  })
  Response refused(Exception refused, UriInfo uri) {
    return Refusal.of(refused).map(Refusal::problem).orElseGet(() -> unexpected(refused, uri));
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
          case 503 -> Refusal.SERVES_NOTHING;
          default -> status.getReasonPhrase();
        };
    return Problem.answer(status, detail, List.of());
  }

  @ServerExceptionMapper
  Response unexpected(Throwable bug, UriInfo uri) {
    LOG.errorf(bug, "request failed path=%s", path(uri));
    return Problem.answer(Response.Status.INTERNAL_SERVER_ERROR, Calls.FAILED, List.of());
  }

  private static String path(UriInfo uri) {
    var path = uri.getPath();
    return path.startsWith("/") ? path.substring(1) : path;
  }
}
