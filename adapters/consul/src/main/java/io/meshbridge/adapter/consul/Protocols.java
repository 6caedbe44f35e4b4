package io.meshbridge.adapter.consul;

import io.meshbridge.model.AppProtocol;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Consul's words for what is spoken on a port. */
final class Protocols {
  private Protocols() {}

  /** Empty for a word that the model does not have; nothing declared is TCP. */
  static Optional<AppProtocol> parse(String word) {
    if (word.isBlank()) {
      return Optional.of(AppProtocol.TCP);
    }
    var wanted = word.strip().toUpperCase(Locale.ROOT);
    return Arrays.stream(AppProtocol.values()).filter(p -> p.name().equals(wanted)).findFirst();
  }

  static String word(AppProtocol protocol) {
    return protocol.name().toLowerCase(Locale.ROOT);
  }
}
