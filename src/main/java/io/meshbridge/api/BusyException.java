package io.meshbridge.api;

/** Somebody else's request reads all meshes just now. */
final class BusyException extends RuntimeException {
  BusyException() {
    super("another request reads the meshes just now; ask again when it has been answered");
  }
}
