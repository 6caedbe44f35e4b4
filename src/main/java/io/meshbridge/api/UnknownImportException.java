package io.meshbridge.api;

/** A mesh imports no such service, as far as this process knows. */
final class UnknownImportException extends RuntimeException {
  private final String detail;

  UnknownImportException(String mesh, ServiceRef service) {
    this(
        "mesh '%s' imports no service '%s/%s/%s'; /api/v1/imports says what there is"
            .formatted(mesh, service.mesh(), service.namespace(), service.name()));
  }

  private UnknownImportException(String detail) {
    super(detail);
    this.detail = detail;
  }

  String detail() {
    return detail;
  }
}
