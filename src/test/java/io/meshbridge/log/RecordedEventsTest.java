package io.meshbridge.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshbridge.log.RecordedEvents.Recorded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Whatever a version has written is read by this one, and says what it said then.
 *
 * <p>If a test of this class fails, the code is wrong, or a reader of an older log would lose
 * something. Do not record anew: {@link #DIGESTS} holds what was recorded. {@code
 * -Dmeshbridge.record.events=<version>} makes a further recording, whose digest then goes there. If
 * only a name in Java has changed, change that name in the readings.
 */
class RecordedEventsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The SHA-256 of each recording's records. Lines are added, never changed. */
  private static final Map<String, String> DIGESTS =
      Map.of("0.1.0", "2890ae583d57ff1e8650618a8c07f9bd6af1ebef1908f6384d104c71ea1c0811");

  @Test
  @EnabledIfSystemProperty(named = "meshbridge.record.events", matches = ".+")
  void recordsWhatThisVersionWrites() throws Exception {
    var name = System.getProperty("meshbridge.record.events", "");

    RecordedEvents.write(name, EventsToRecord.all());

    assertThat(RecordedEvents.root().resolve(name)).isDirectory();
  }

  @Test
  void nobodyHasChangedWhatWasRecorded() throws Exception {
    var digests = new TreeMap<String, String>();
    for (Path folder : RecordedEvents.folders()) {
      var records = Files.readAllBytes(folder.resolve(RecordedEvents.RECORDS));
      digests.put(
          folder.getFileName().toString(),
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(records)));
    }

    assertThat(digests).isEqualTo(new TreeMap<>(DIGESTS));
  }

  @Test
  void everyRecordSaysWhatItSaidWhenItWasWritten() throws Exception {
    for (Recorded recorded : RecordedEvents.all()) {
      assertThat(
              EventReadings.difference(
                  recorded.reading(), EventReadings.of(recorded.event()), recorded.place()))
          .isEmpty();
    }
  }

  @Test
  void everyRecordWasUnderstood() throws IOException {
    for (Recorded recorded : RecordedEvents.all()) {
      assertThat(recorded.reading().findValuesAsText("is"))
          .as(recorded.place())
          .doesNotContain("NotUnderstood", "Unreadable", "Unknown", "Poison", "PassedOver");
      assertThat(recorded.reading()).as(recorded.place()).isNotEqualTo(JSON.nullNode());
    }
  }

  @Test
  void theSchemasStillAllowEveryRecord() throws IOException {
    for (Recorded recorded : RecordedEvents.all()) {
      var event = recorded.event();
      if (!event.isTombstone()) {
        assertThat(PublishedSchemas.faults(event.type(), event.value()))
            .as(recorded.place())
            .isEmpty();
      }
    }
  }

  /** What no record shows is not kept either: new fields and words need a further recording. */
  @Test
  void allFieldsAndWordsOfTheSchemasHaveBeenRecorded() throws IOException {
    for (EventType type : EventType.values()) {
      var seen = new TreeSet<String>();
      for (Recorded recorded : RecordedEvents.all()) {
        if (recorded.event().type().equals(type.text()) && !recorded.event().isTombstone()) {
          collect(JSON.readTree(recorded.event().value()), seen);
        }
      }
      assertThat(seen).as(type.text()).containsAll(PublishedSchemas.fieldsAndWords(type.text()));
    }
  }

  @Test
  void aFieldThatIsNoLongerReadIsNoticed() throws Exception {
    for (Recorded recorded : RecordedEvents.all()) {
      if (!recorded.event().isTombstone()) {
        for (RecordedEvent poorer : eachWithoutOneField(recorded.event())) {
          assertThat(EventReadings.difference(recorded.reading(), EventReadings.of(poorer), ""))
              .as("%s as %s", recorded.place(), poorer.value())
              .isPresent();
        }
      }
    }
  }

  @Test
  void anotherNameOfATypeIsNoticed() throws Exception {
    var readByPeople = Set.of(EventType.ACT.text(), EventType.DEAD_LETTER.text());
    for (Recorded recorded : RecordedEvents.all()) {
      var event = recorded.event();
      assertThat(event.type()).isIn((Object[]) types());
      // The key alone tells the type of what has no value, and what a status topic holds.
      if (!event.isTombstone()
          && !readByPeople.contains(event.type())
          && !event.type().equals(EventType.STATUS.text())) {
        var renamed = event.withType(event.type().replace(".v1", ".v2"));
        assertThat(EventReadings.difference(recorded.reading(), EventReadings.of(renamed), ""))
            .as(recorded.place())
            .isPresent();
      }
    }
  }

  private static String[] types() {
    return Arrays.stream(EventType.values()).map(EventType::text).toArray(String[]::new);
  }

  /** As the event stands, but each time without one field of its value's own. */
  private static List<RecordedEvent> eachWithoutOneField(RecordedEvent event) throws IOException {
    var value = (ObjectNode) JSON.readTree(event.value());
    var poorer = new ArrayList<RecordedEvent>();
    for (var field : value.properties()) {
      // The name of a status topic says the target as well, and is believed.
      var saidTwice =
          event.type().equals(EventType.STATUS.text()) && field.getKey().equals("target");
      if (!saidTwice && !isAsGoodAsMissing(field.getValue())) {
        poorer.add(event.withValue(value.deepCopy().without(field.getKey())));
      }
    }
    return poorer;
  }

  private static boolean isAsGoodAsMissing(JsonNode value) {
    return value.isContainerNode()
        ? value.valueStream().allMatch(RecordedEventsTest::isAsGoodAsMissing)
        : value.asText().isEmpty();
  }

  private static void collect(JsonNode node, Set<String> seen) {
    if (node.isTextual()) {
      seen.add(node.asText());
    }
    node.properties()
        .forEach(
            field -> {
              seen.add(field.getKey());
              collect(field.getValue(), seen);
            });
    if (node.isArray()) {
      node.forEach(element -> collect(element, seen));
    }
  }
}
