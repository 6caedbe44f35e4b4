package io.meshbridge.doctor;

import io.meshbridge.config.BridgeConfig;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The federation's log travels unprotected. */
final class ConfigKafkaInPlainText implements ConfigCheck {
  private static final List<String> LOCAL = List.of("localhost:", "127.0.0.1:", "[::1]:");

  @Override
  public Trap trap() {
    return Trap.warning(
        "config-kafka-in-plain-text",
        "",
        "who is on the way can read and change what meshes say",
        "set kafka.security.protocol to SSL or SASL_SSL");
  }

  @Override
  public Stream<Finding> look(BridgeConfig config) {
    var protocol = Objects.toString(config.kafka().get("security.protocol"), "PLAINTEXT");
    var servers = Objects.toString(config.kafka().get("bootstrap.servers"), "");
    boolean plain = protocol.equals("PLAINTEXT") || protocol.equals("SASL_PLAINTEXT");
    return plain && !isLocal(servers)
        ? Stream.of(found("kafka.security.protocol", protocol + " to brokers elsewhere"))
        : Stream.empty();
  }

  private static boolean isLocal(String servers) {
    return Stream.of(servers.split(",", -1))
        .allMatch(server -> LOCAL.stream().anyMatch(server.strip()::startsWith));
  }
}
