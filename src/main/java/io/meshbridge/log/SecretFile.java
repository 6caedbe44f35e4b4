package io.meshbridge.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.types.Password;

/** Files that hold secrets for Kafka. */
final class SecretFile {
  private SecretFile() {}

  /**
   * The password in it, without the end of its line.
   *
   * @throws KafkaException if it cannot be read, or is empty, which Kafka's clients expect of what
   *     they load
   */
  static Password password(Path file) {
    var text = text(file).strip();
    if (text.isEmpty()) {
      throw new KafkaException("'" + file + "' holds no password");
    }
    return new Password(text);
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new KafkaException("'" + file + "' cannot be read: " + unreadable, unreadable);
    }
  }
}
