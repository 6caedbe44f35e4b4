package io.meshbridge.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshbridge.model.MeshId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordCodecTest {
  private static final String EXPORT_KEY = "v1/export/bookshop/catalog";

  private final RecordCodec codec = new RecordCodec();

  @ParameterizedTest
  @FieldSource("io.meshbridge.log.Samples#ALL")
  void readsWhatItWrote(MeshRecord record) {
    var decoded = codec.decode(Samples.MESH, 7, codec.encode(record, Samples.NOW));

    assertThat(decoded).isInstanceOf(Decoded.Entry.class);
    assertThat(entry(decoded).record()).isEqualTo(record);
    assertThat(entry(decoded).observedAt()).isEqualTo(Samples.NOW);
    assertThat(entry(decoded).offset()).isEqualTo(7);
  }

  @Test
  void writesEqualValuesAsEqualText() {
    var again = ((MeshRecord.Exported) Samples.EXPORTED).export();

    assertThat(codec.encode(new MeshRecord.Exported(again), Samples.NOW.plusSeconds(5)).json())
        .isEqualTo(codec.encode(Samples.EXPORTED, Samples.NOW).json())
        .startsWith("{\"mesh\":\"istio-a\",\"namespace\":\"bookshop\",\"name\":\"catalog\"");
  }

  @Test
  void refusesToWriteWhatOnlyAReaderMakes() {
    assertThatThrownBy(() -> codec.encode(new MeshRecord.Unknown(), Samples.NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"access\":{' | '\"access\":{\"rules\":[],' | access.rules",
        "'mesh-identity-required' | 'moonlight' | access.reachability",
        "'\"labels\":{' | '\"traffic\":{\"routes\":1},\"labels\":{' | traffic",
      })
  void doesNotActUponAPolicyThatItDoesNotUnderstand(String from, String to, String field) {
    var json = json(Samples.EXPORTED).replace(from, to);

    var decoded = decode(EXPORT_KEY, EventType.EXPORT.text(), json);

    assertThat(decoded).isInstanceOf(Decoded.Entry.class);
    assertThat(entry(decoded).record())
        .isInstanceOfSatisfying(
            MeshRecord.NotUnderstood.class,
            record -> {
              assertThat(record.service()).isEqualTo(Samples.CATALOG);
              assertThat(record.reason()).contains(field);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"traffic\":{},", "\"traffic\":null,", "\"colour\":{\"a\":[1]},"})
  void passesOverUnknownFieldsOutsideOfPolicies(String addition) {
    var json = json(Samples.EXPORTED).replace("\"labels\"", addition + "\"labels\"");

    assertThat(entry(decode(EXPORT_KEY, EventType.EXPORT.text(), json)).record())
        .isEqualTo(Samples.EXPORTED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"mesh\":\"istio-a\"' | '\"mesh\":\"consul-b\"' | mesh must be 'istio-a'",
        "'\"name\":\"catalog\"' | '\"name\":\"orders\"' | name must be 'catalog'",
        "'\"number\":80' | '\"number\":80000' | ports[0].number",
        "'\"number\":80' | '\"number\":8e1' | ports[0].number",
        "'\"protocol\":\"http\"' | '\"protocol\":\"smoke\"' | ports[0].protocol",
        "'\"access\":{' | '\"entry\":{' | access is missing",
        "'\"path\":[\"istio-a\"]' | '\"path\":[\"consul-b\"]' | path",
        "'\"reason\":' | '\"reason\":\"\",\"reason\":' | Duplicate",
        "'{\"mesh\"' | '[{\"mesh\"' | no JSON",
        "'\"firstSeen\":\"2026' | '\"firstSeen\":\"soon' | firstSeen",
      })
  void buriesWhatNoVersionAllowsAndKeepsWhatStands(String from, String to, String reason) {
    var json = json(Samples.EXPORTED).replace(from, to);

    var decoded = decode(EXPORT_KEY, EventType.EXPORT.text(), json);

    assertThat(decoded)
        .isInstanceOfSatisfying(
            Decoded.Poison.class, poison -> assertThat(poison.reason()).contains(reason));
    assertThat(entry(decoded).record()).isInstanceOf(MeshRecord.NotUnderstood.class);
    assertThat(entry(decoded).valueHash())
        .isEqualTo(LogDigest.hashOf(json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void doesNotActUponAnUnknownTypeOnAKnownKey() {
    var decoded = decode(EXPORT_KEY, "io.meshbridge.export.v2", json(Samples.EXPORTED));

    assertThat(entry(decoded).record()).isInstanceOf(MeshRecord.NotUnderstood.class);
    assertThat(decoded).isInstanceOf(Decoded.Entry.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v1/gateways",
        "v1/export/bookshop",
        "v1/export/bookshop/%63atalog",
        "v1/endpoints/a/b/-1",
        "v1/endpoints/a/b/007",
        "v1/export//catalog",
        "v1/export/%00/catalog"
      })
  void countsAnUnknownKeyOfThisVersionAsStanding(String key) {
    var decoded = decode(key, "some.type", "anything");

    assertThat(decoded).isInstanceOf(Decoded.Entry.class);
    assertThat(entry(decoded).record()).isEqualTo(new MeshRecord.Unknown());
    assertThat(entry(decoded).valueHash()).isNotEmpty();
  }

  @Test
  void passesOverKeysOfOtherVersions() {
    assertThat(decode("v2/export/a/b", "t", "{}")).isInstanceOf(Decoded.PassedOver.class);
    assertThat(codec.decode(Samples.MESH, raw(new byte[] {(byte) 0xff}, new byte[0], "t")))
        .isInstanceOf(Decoded.PassedOver.class);
    assertThat(codec.decode(Samples.MESH, raw(null, new byte[0], "t")))
        .isInstanceOf(Decoded.PassedOver.class);
  }

  @Test
  void takesAnEmptyValueForPoisonAndNotForAWithdrawal() {
    var decoded = decode(EXPORT_KEY, EventType.EXPORT.text(), "");

    assertThat(decoded).isInstanceOf(Decoded.Poison.class);
    assertThat(entry(decoded).isTombstone()).isFalse();
  }

  @Test
  void saysOfAnUnreadableRecordAboutTheMeshThatItIsUnreadable() {
    assertThat(entry(decode("v1/snapshot", EventType.SNAPSHOT.text(), "{}")).record())
        .isEqualTo(new MeshRecord.Unreadable("generation is missing"));
  }

  @Test
  void refusesValuesThatAreTooLargeOrTooDeep() {
    var large = "{\"a\":\"" + "x".repeat(LogLimits.MAX_RECORD_BYTES) + "\"}";
    var deep = "{\"a\":" + "[".repeat(500_000) + "]".repeat(500_000) + "}";

    assertThat(decode(EXPORT_KEY, EventType.EXPORT.text(), large))
        .isInstanceOf(Decoded.Poison.class);
    assertThat(decode(EXPORT_KEY, EventType.EXPORT.text(), deep))
        .isInstanceOf(Decoded.Poison.class);
  }

  @Test
  void usesTheRecordsOwnTimestampWhenItsTimeIsUnreadable() {
    var record = raw(bytes(EXPORT_KEY), bytes("{}"), EventType.EXPORT.text());
    record.headers().add("ce_time", bytes("teatime"));

    assertThat(entry(codec.decode(Samples.MESH, record)).observedAt().toEpochMilli())
        .isEqualTo(record.timestamp());
  }

  @TestFactory
  Stream<DynamicTest> neverThrowsWhateverTheBytes() {
    return LongStream.range(0, 200)
        .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> fuzz(new Random(seed))));
  }

  private void fuzz(Random random) {
    for (MeshRecord sample : Samples.ALL) {
      var good = codec.encode(sample, Samples.NOW);
      byte[] key = bytes(good.key());
      byte[] value = bytes(good.json());
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        flip(random, random.nextInt(4) == 0 ? key : value);
      }
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      assertThatCode(
              () -> {
                codec.decode(Samples.MESH, raw(key, value, good.type()));
                codec.decode(Samples.MESH, raw(bytes(good.key()), noise, good.type()));
                codec.decode(Samples.MESH, raw(noise, noise, "\0" + good.type()));
              })
          .doesNotThrowAnyException();
    }
  }

  private static void flip(Random random, byte[] bytes) {
    if (bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
  }

  private Decoded decode(String key, String type, String json) {
    return codec.decode(Samples.MESH, raw(bytes(key), bytes(json), type));
  }

  private String json(MeshRecord record) {
    return codec.encode(record, Samples.NOW).json();
  }

  private static LogEntry entry(Decoded decoded) {
    return switch (decoded) {
      case Decoded.Entry(var entry) -> entry;
      case Decoded.Poison(var entry, var reason) -> entry;
      case Decoded.PassedOver(var reason) -> throw new AssertionError("passed over: " + reason);
    };
  }

  private static ConsumerRecord<byte[], byte[]> raw(byte[] key, byte[] value, String type) {
    var headers = new RecordHeaders();
    headers.add("ce_type", bytes(type));
    return new ConsumerRecord<>(
        "meshbridge.test.mesh." + new MeshId("istio-a"),
        0,
        7,
        1_000,
        TimestampType.CREATE_TIME,
        -1,
        -1,
        key,
        value,
        headers,
        Optional.empty());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
