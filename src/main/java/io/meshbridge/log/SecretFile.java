package io.meshbridge.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.types.Password;

/** Files that hold secrets for Kafka. */
final class SecretFile {
  private SecretFile() {}

  /**
   * What stands in it.
   *
   * @throws KafkaException if it cannot be read, which Kafka's clients expect of what they load
   */
  static ByteBuffer bytes(Path file) {
    try {
      return ByteBuffer.wrap(Files.readAllBytes(file)).asReadOnlyBuffer();
    } catch (IOException unreadable) {
      throw new KafkaException("'" + file + "' cannot be read: " + unreadable, unreadable);
    }
  }

  /**
   * The password in it, without the end of its line.
   *
   * @throws KafkaException if it cannot be read, or is empty
   */
  static Password password(Path file) {
    var text = StandardCharsets.UTF_8.decode(bytes(file)).toString().strip();
    if (text.isEmpty()) {
      throw new KafkaException("'" + file + "' holds no password");
    }
    return new Password(text);
  }
}
