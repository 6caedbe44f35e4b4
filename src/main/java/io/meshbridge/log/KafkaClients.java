package io.meshbridge.log;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The settings of every Kafka client of the bridge, made from one base: where the brokers are and
 * how to speak to them safely. What says how a client behaves is decided here, per use, and not by
 * the base: a {@code group.id} or an offset reset that strays in would change what the log means.
 */
public final class KafkaClients {
  /** Admin clients know exactly the settings that all clients share. */
  private static final Set<String> SHARED = AdminClientConfig.configNames();

  private static final Set<String> OURS =
      Set.of(
          CommonClientConfigs.CLIENT_ID_CONFIG,
          CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG,
          CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG,
          CommonClientConfigs.METADATA_MAX_AGE_CONFIG,
          CommonClientConfigs.RETRIES_CONFIG,
          AdminClientConfig.BOOTSTRAP_CONTROLLERS_CONFIG);

  private final Map<String, Object> base;

  /**
   * Contacts nobody.
   *
   * @param settings may hold more than is taken from it
   * @throws IllegalArgumentException if it does not say where the brokers are
   */
  public KafkaClients(Map<String, Object> settings) {
    this.base =
        settings.entrySet().stream()
            .filter(entry -> isOfTheConnection(entry.getKey()))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    if (!base.containsKey(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)) {
      throw new IllegalArgumentException(
          "the Kafka settings must hold bootstrap.servers, the addresses of the brokers");
    }
  }

  private static boolean isOfTheConnection(String key) {
    return (SHARED.contains(key) && !OURS.contains(key))
        || RotatingSslEngineFactory.PASSWORD_FILES.containsKey(key);
  }

  /** The brokers' addresses, for messages. */
  public String addresses() {
    var addresses = base.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
    return addresses instanceof Collection<?> several
        ? several.stream().map(String::valueOf).collect(Collectors.joining(","))
        : String.valueOf(addresses);
  }

  /** For a consumer that is assigned its topics and reads what is committed, without a group. */
  public Map<String, Object> reader() {
    var settings = new TreeMap<>(base);
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // A position out of range means that the log is another one: nobody may paper over that.
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
    settings.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, 10_000);
    settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    return settings;
  }

  /** For a producer; {@link MeshPublisher} adds what makes it transactional. */
  public Map<String, Object> producer() {
    var settings = new TreeMap<>(base);
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    // In the JDK: the others need native code, which a native image would have to carry along.
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LogLimits.MAX_RECORD_BYTES);
    // A dead broker is noticed after about ten seconds, not after two minutes.
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    return settings;
  }

  /** For administration. */
  public Map<String, Object> admin() {
    var settings = new TreeMap<>(base);
    settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    return settings;
  }

  /** For a consumer that takes part in a group: nothing but the connection is decided here. */
  public Map<String, Object> groupMember() {
    var settings = new TreeMap<>(base);
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return settings;
  }

  /** A new consumer of {@link #reader}, closed by the caller. */
  public Consumer<byte[], byte[]> openReader() {
    return new KafkaConsumer<>(reader());
  }

  /** A new client of {@link #admin}, closed by the caller. */
  public Admin openAdmin() {
    return Admin.create(admin());
  }
}
