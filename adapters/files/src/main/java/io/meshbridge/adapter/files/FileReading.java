package io.meshbridge.adapter.files;

import io.meshbridge.model.ContentHash;
import java.nio.charset.StandardCharsets;

/**
 * A file as it was read.
 *
 * @param stamp what the file system said before it was read
 * @param certain whether an equal stamp proves that the content is the same
 * @param digest of the bytes; of the reason if it could not be opened
 * @param empty whether nothing but blanks stands in it
 * @param manifests what stands in it
 */
record FileReading(
    FileStamp stamp, boolean certain, String digest, boolean empty, Manifests manifests) {

  /** A digest of bytes. */
  static String digestOf(byte[] bytes) {
    return ContentHash.of(new String(bytes, StandardCharsets.ISO_8859_1));
  }
}
