package io.meshbridge.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What went wrong with a request, as RFC 9457 has it.
 *
 * @param errors one for each parameter that is wrong; empty if it was not the parameters
 */
@RegisterForReflection
@Schema(name = "Problem", description = "What went wrong with a request (RFC 9457).")
record Problem(
    @Schema(examples = "about:blank") String type,
    @Schema(description = "The status in words.") String title,
    @Schema(description = "The HTTP status.") int status,
    @Schema(description = "What is wrong, and what to do.") String detail,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) @Schema(description = "Each wrong parameter.")
        List<Fault> errors) {
  /** The media type of every problem. */
  static final String MEDIA_TYPE = "application/problem+json";

  /** A parameter that is wrong. */
  @RegisterForReflection
  @Schema(name = "ParameterFault")
  record Fault(
      @Schema(description = "Which query parameter.", examples = "limit") String parameter,
      @Schema(description = "Its value.", examples = "many") String value,
      @Schema(description = "What was expected.", examples = "a whole number from 1 to 1000")
          String expected) {}

  /** As an answer. */
  static Response answer(Response.StatusType status, String detail, List<Fault> errors) {
    return Response.status(status).type(MEDIA_TYPE).entity(of(status, detail, errors)).build();
  }

  /** As a value. */
  static Problem of(Response.StatusType status, String detail, List<Fault> errors) {
    return new Problem(
        "about:blank", status.getReasonPhrase(), status.getStatusCode(), detail, errors);
  }
}
