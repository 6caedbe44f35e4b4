package io.meshbridge.adapter.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file could not be used, in words for its owner. */
final class IoReasons {
  private IoReasons() {}

  static String of(IOException cause) {
    return switch (cause) {
      case NoSuchFileException missing -> missing.getFile() + " does not exist";
      case AccessDeniedException denied -> denied.getFile() + " may not be accessed";
      case NotDirectoryException file -> file.getFile() + " is not a folder";
      case FileSystemException other -> String.valueOf(other.getMessage());
      default -> cause.getMessage() == null ? cause.toString() : cause.getMessage();
    };
  }
}
