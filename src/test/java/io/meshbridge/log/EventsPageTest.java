package io.meshbridge.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import io.meshbridge.orders.SignedOrder;
import io.meshbridge.status.StatusCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The page that other teams read says what the code does. */
class EventsPageTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("### (io\\.meshbridge\\.\\S+)\n.*?```json\n(.*?)```", Pattern.DOTALL);
  private static final Map<String, String> KEYS =
      Map.of(
          EventType.DESCRIPTOR.text(), "v1/descriptor",
          EventType.TRUST.text(), "v1/trust",
          EventType.FAULT.text(), "v1/fault/bookshop/catalog",
          EventType.HOLD.text(), "v1/hold/bookshop/catalog",
          EventType.HEARTBEAT.text(), "v1/heartbeat",
          EventType.SNAPSHOT.text(), "v1/snapshot",
          EventType.EXPORT.text(), "v1/export/bookshop/catalog",
          EventType.ENDPOINTS.text(), "v1/endpoints/bookshop/catalog/0",
          EventType.ORDER.text(), "v1/confirm/istio-a/consul-b",
          EventType.MEMBER.text(), "v1/member/istio-a");

  @Test
  void showsAnExampleOfEachRecordThatItDocuments() throws IOException {
    assertThat(examples().keySet())
        .containsExactlyInAnyOrder(
            EventType.DESCRIPTOR.text(),
            EventType.TRUST.text(),
            EventType.FAULT.text(),
            EventType.HOLD.text(),
            EventType.HEARTBEAT.text(),
            EventType.SNAPSHOT.text(),
            EventType.EXPORT.text(),
            EventType.ENDPOINTS.text(),
            EventType.MEMBER.text(),
            EventType.ORDER.text(),
            EventType.ACT.text(),
            EventType.STATUS.text(),
            EventType.DEAD_LETTER.text());
  }

  @Test
  void showsOnlyExamplesThatTheSchemasAllow() throws IOException {
    examples()
        .forEach(
            (type, json) -> assertThat(PublishedSchemas.faults(type, json)).as(type).isEmpty());
  }

  @Test
  void showsOnlyExamplesThatAreUnderstood() throws IOException {
    var codec = new RecordCodec();
    var examples = examples();
    examples.remove(EventType.MEMBER.text());
    examples.remove(EventType.ORDER.text());
    examples.remove(EventType.ACT.text());
    examples.remove(EventType.STATUS.text());
    examples.remove(EventType.DEAD_LETTER.text());

    examples.forEach(
        (type, json) ->
            assertThat(
                    codec.decode(
                        Samples.MESH,
                        1,
                        new OutgoingRecord(KEYS.get(type), type, json, Samples.NOW)))
                .as(type)
                .isInstanceOfSatisfying(
                    Decoded.Entry.class,
                    decoded ->
                        assertThat(decoded.entry().record())
                            .isNotInstanceOfAny(
                                MeshRecord.NotUnderstood.class,
                                MeshRecord.Unreadable.class,
                                MeshRecord.Unknown.class)));
  }

  @Test
  void showsAMemberThatIsUnderstood() throws IOException {
    var record = shown("members", EventType.MEMBER.text());

    assertThat(new MemberCodec().decode(record)).isInstanceOf(MemberCodec.Decoded.Known.class);
  }

  @Test
  void showsAnOrderThatIsUnderstood() throws IOException {
    var record = shown("orders", EventType.ORDER.text());

    assertThat(new OrderCodec().decode(record)).isInstanceOf(OrderCodec.Decoded.Given.class);
  }

  @Test
  void showsAStatusThatIsUnderstoodAndWrittenAgainAsTheSchemaAllows() throws IOException {
    var type = EventType.STATUS.text();

    var status = StatusCodec.decode(new MeshId("consul-b"), examples().get(type));

    assertThat(status)
        .hasValueSatisfying(
            understood ->
                assertThat(PublishedSchemas.faults(type, StatusCodec.encode(understood)))
                    .isEmpty());
  }

  @ParameterizedTest
  @FieldSource("io.meshbridge.log.Samples#ALL")
  void writesOnlyWhatTheSchemasAllow(MeshRecord sample) {
    var record = new RecordCodec().encode(sample, Samples.NOW);

    if (!record.isTombstone()) {
      assertThat(PublishedSchemas.faults(record.type(), record.json())).isEmpty();
    }
  }

  @Test
  void writesMembersAndDeadLettersThatTheSchemasAllow() {
    var member =
        new MemberCodec().encode(Member.active(new MeshId("consul-b"), "consul"), Samples.NOW);
    var letter = DeadLetter.of("topic", 3, "reason", "1f", bytes("rubbish"));

    assertThat(PublishedSchemas.faults(member.type(), member.json())).isEmpty();
    assertThat(PublishedSchemas.faults(EventType.DEAD_LETTER.text(), letter.json())).isEmpty();
  }

  @Test
  void writesOrdersAndActsThatTheSchemasAllow() {
    var member = Member.active(new MeshId("consul-b"), "consul");

    for (SignedOrder order : OrderCodecTest.ORDERS) {
      assertThat(
              PublishedSchemas.faults(EventType.ORDER.text(), new OrderCodec().give(order).json()))
          .isEmpty();
      assertThat(PublishedSchemas.faults(EventType.ACT.text(), ActCodec.given("1", order).json()))
          .isEmpty();
      assertThat(PublishedSchemas.faults(EventType.ACT.text(), ActCodec.lifted("1", order).json()))
          .isEmpty();
    }
    assertThat(
            PublishedSchemas.faults(
                EventType.ACT.text(),
                ActCodec.uninstalled("1", member.id(), "anna", "moves", Samples.NOW).json()))
        .isEmpty();
    assertThat(
            PublishedSchemas.faults(
                EventType.ACT.text(),
                ActCodec.memberSet("1", member, "anna", "", Samples.NOW).json()))
        .isEmpty();
  }

  @Test
  void publishesSchemasThatRefuseWhatMustBeUnderstood() {
    var json = new RecordCodec().encode(Samples.EXPORTED, Samples.NOW).json();

    assertThat(
            PublishedSchemas.faults(
                EventType.EXPORT.text(), json.replace("\"access\":{", "\"access\":{\"x\":1,")))
        .isNotEmpty();
  }

  private static Map<String, String> examples() throws IOException {
    var examples = new TreeMap<String, String>();
    var matcher = EXAMPLE.matcher(Files.readString(page()));
    while (matcher.find()) {
      examples.put(matcher.group(1), matcher.group(2));
    }
    return examples;
  }

  private static ConsumerRecord<byte[], byte[]> shown(String topic, String type)
      throws IOException {
    var record =
        new ConsumerRecord<>(topic, 0, 0, bytes(KEYS.get(type)), bytes(examples().get(type)));
    record.headers().add("ce_type", bytes(type));
    return record;
  }

  /** The tests run in the module's folder, or in the root's. */
  private static Path page() {
    return List.of(Path.of("../docs/events.md"), Path.of("docs/events.md")).stream()
        .filter(Files::exists)
        .findFirst()
        .orElseThrow();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
