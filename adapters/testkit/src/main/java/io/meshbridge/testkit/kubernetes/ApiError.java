package io.meshbridge.testkit.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** An answer that is a failure, as the Kubernetes API spells failures. */
final class ApiError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final String reason;
  private final transient List<String> conflictingFields;

  private ApiError(int code, String reason, String message, List<String> conflictingFields) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.conflictingFields = conflictingFields;
  }

  static ApiError notFound(String what) {
    return new ApiError(404, "NotFound", what + " not found", List.of());
  }

  static ApiError alreadyExists(String what) {
    return new ApiError(409, "AlreadyExists", what + " already exists", List.of());
  }

  static ApiError forbidden(String message) {
    return new ApiError(403, "Forbidden", message, List.of());
  }

  static ApiError conflict(String message) {
    return new ApiError(409, "Conflict", message, List.of());
  }

  static ApiError contested(String manager, List<String> fields) {
    return new ApiError(
        409, "Conflict", "Apply failed: conflict with \"" + manager + "\": " + fields, fields);
  }

  static ApiError invalid(String message) {
    return new ApiError(422, "Invalid", message, List.of());
  }

  static ApiError internal(String message) {
    return new ApiError(500, "InternalError", "Internal error occurred: " + message, List.of());
  }

  static ApiError gone(String message) {
    return new ApiError(410, "Expired", message, List.of());
  }

  int code() {
    return code;
  }

  ObjectNode status() {
    var status = JsonNodeFactory.instance.objectNode();
    status.put("kind", "Status").put("apiVersion", "v1").put("status", "Failure");
    status.put("message", getMessage()).put("reason", reason).put("code", code);
    if (!conflictingFields.isEmpty()) {
      var causes = status.putObject("details").putArray("causes");
      conflictingFields.forEach(
          field -> causes.addObject().put("reason", "FieldManagerConflict").put("field", field));
    }
    return status;
  }
}
