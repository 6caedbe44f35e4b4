package io.meshbridge.log;

import io.meshbridge.model.ContentHash;
import io.meshbridge.tracing.TraceParent;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/** The CloudEvents 1.0 attributes of a record, in Kafka's binary mode. Tombstones have them too. */
final class EventHeaders {
  static final String TYPE = "ce_type";
  static final String TIME = "ce_time";

  // What tracing libraries for Kafka read and write.
  static final String TRACE_PARENT = "traceparent";
  // The same, as the CloudEvents extension for distributed tracing has it: over one hop both say
  // the same.
  private static final String EVENT_TRACE_PARENT = "ce_traceparent";

  private EventHeaders() {}

  /**
   * The headers of a record.
   *
   * @param source who speaks, as {@link FederationTopics#source} spells it
   */
  static List<Header> of(OutgoingRecord record, String source) {
    var time = record.observedAt().toString();
    return List.of(
        header("ce_specversion", "1.0"),
        // The same saying, sent again after an unknown outcome, is the same event.
        header(
            "ce_id", ContentHash.shortOf(List.of(source, record.key(), record.json(), time), 32)),
        header("ce_source", source),
        header(TYPE, record.type()),
        header(TIME, time),
        header("ce_subject", record.key()),
        header("content-type", "application/json"));
  }

  /** These, and where the record's change is followed. It is no part of what the event says. */
  static List<Header> with(List<Header> headers, Optional<TraceParent> parent) {
    if (parent.isEmpty()) {
      return headers;
    }
    var more = new ArrayList<>(headers);
    more.add(header(TRACE_PARENT, parent.get().text()));
    more.add(header(EVENT_TRACE_PARENT, parent.get().text()));
    return more;
  }

  /** Where the record was made, if its change is followed. */
  static Optional<TraceParent> traceParent(Headers headers) {
    return text(headers, TRACE_PARENT).flatMap(TraceParent::parse);
  }

  /** The text of a header; empty if it is missing or no text. */
  static Optional<String> text(Headers headers, String name) {
    var header = headers.lastHeader(name);
    if (header == null || header.value() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(StrictUtf8.decode(header.value()));
    } catch (CharacterCodingException notText) {
      return Optional.empty();
    }
  }

  /**
   * When the record was observed; the broker's or sender's timestamp if the header is unreadable.
   */
  static Instant time(Headers headers, long recordTimestamp) {
    try {
      return text(headers, TIME).map(Instant::parse).orElse(Instant.ofEpochMilli(recordTimestamp));
    } catch (DateTimeException noInstant) {
      return Instant.ofEpochMilli(recordTimestamp);
    }
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
