package io.meshbridge.log;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Decodes UTF-8 without replacing what is none, so that two byte strings never become one text. */
final class StrictUtf8 {
  private StrictUtf8() {}

  static String decode(byte[] bytes) throws CharacterCodingException {
    // A new decoder reports malformed input; String's own constructor would replace it.
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
