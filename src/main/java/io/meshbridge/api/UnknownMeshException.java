package io.meshbridge.api;

import java.util.List;

/** This process does not serve a mesh of that name. */
final class UnknownMeshException extends RuntimeException {
  private final String detail;

  UnknownMeshException(String mesh, List<String> served) {
    this("this process does not serve mesh '%s', but %s".formatted(mesh, served));
  }

  private UnknownMeshException(String detail) {
    super(detail);
    this.detail = detail;
  }

  String detail() {
    return detail;
  }
}
