package io.meshbridge.log;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshbridge.model.MeshId;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records of a mesh's topic to bytes and back. Pure; equal values become equal bytes. Decoding
 * never throws, whatever the bytes: the topic is other people's input.
 */
public final class RecordCodec {
  /**
   * A record ready to be sent.
   *
   * @param observedAt when the source saw what the record says
   * @throws IllegalArgumentException if the record is one that only a reader makes
   */
  public OutgoingRecord encode(MeshRecord record, Instant observedAt) {
    return switch (record) {
      case MeshRecord.Described(var mesh) ->
          outgoing(new RecordKey.Descriptor(), DescriptorJson.write(mesh), observedAt);
      case MeshRecord.Trusted(var bundle) ->
          outgoing(new RecordKey.Trust(), TrustJson.write(bundle), observedAt);
      case MeshRecord.Beat(var heartbeat) ->
          outgoing(new RecordKey.Heartbeat(), HeartbeatJson.write(heartbeat), observedAt);
      case MeshRecord.Marked(var marker) ->
          outgoing(new RecordKey.Snapshot(), SnapshotJson.write(marker), observedAt);
      case MeshRecord.Exported(var export) ->
          outgoing(
              new RecordKey.Export(export.key().namespace(), export.key().name()),
              ExportJson.write(export),
              observedAt);
      case MeshRecord.ExportGone(var service) ->
          tombstone(new RecordKey.Export(service.namespace(), service.name()), observedAt);
      case MeshRecord.Faulty(var service, var reason) ->
          outgoing(
              new RecordKey.Fault(service.namespace(), service.name()),
              FaultJson.write(service, reason),
              observedAt);
      case MeshRecord.FaultGone(var service) ->
          tombstone(new RecordKey.Fault(service.namespace(), service.name()), observedAt);
      case MeshRecord.Held(var service, var hold) ->
          outgoing(
              new RecordKey.Hold(service.namespace(), service.name()),
              HoldJson.write(service, hold),
              observedAt);
      case MeshRecord.HoldGone(var service) ->
          tombstone(new RecordKey.Hold(service.namespace(), service.name()), observedAt);
      case MeshRecord.EndpointsChanged changed ->
          outgoing(
              new RecordKey.Endpoints(
                  changed.service().namespace(), changed.service().name(), changed.chunk()),
              EndpointsJson.write(changed),
              observedAt);
      case MeshRecord.EndpointsGone(var service, int chunk) ->
          tombstone(
              new RecordKey.Endpoints(service.namespace(), service.name(), chunk), observedAt);
      case MeshRecord.NotUnderstood ignored -> throw onlyRead(record);
      case MeshRecord.Unreadable ignored -> throw onlyRead(record);
      case MeshRecord.Unknown ignored -> throw onlyRead(record);
    };
  }

  /** Reads a record of a mesh's topic. */
  public Decoded decode(MeshId mesh, ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      return new Decoded.PassedOver("no key");
    }
    try {
      return decode(
          mesh,
          StrictUtf8.decode(record.key()),
          record.value(),
          EventHeaders.text(record.headers(), EventHeaders.TYPE).orElse(""),
          record.offset(),
          EventHeaders.time(record.headers(), record.timestamp()));
    } catch (CharacterCodingException notText) {
      return new Decoded.PassedOver("the key is not UTF-8");
    }
  }

  /** Reads what {@link #encode} wrote, as if it stood at this offset. */
  public Decoded decode(MeshId mesh, long offset, OutgoingRecord record) {
    byte[] value = record.isTombstone() ? null : record.json().getBytes(StandardCharsets.UTF_8);
    return decode(mesh, record.key(), value, record.type(), offset, record.observedAt());
  }

  private static Decoded decode(
      MeshId mesh,
      String key,
      byte @Nullable [] value,
      String type,
      long offset,
      Instant observedAt) {
    if (!key.startsWith(RecordKey.VERSION)) {
      return new Decoded.PassedOver("the key is none of version 1");
    }
    // An empty value is no tombstone: compaction keeps it, so the digest must count it.
    var hash = value == null ? "" : LogDigest.hashOf(value);
    var subject = RecordKey.parse(key).flatMap(parsed -> Subject.of(mesh, parsed));
    if (subject.isEmpty()) {
      return new Decoded.Entry(
          new LogEntry(offset, key, hash, observedAt, new MeshRecord.Unknown()));
    }
    try {
      var record = read(subject.get(), value, type);
      return new Decoded.Entry(new LogEntry(offset, key, hash, observedAt, record));
    } catch (NotUnderstoodException newer) {
      var record = subject.get().notUnderstood(newer.reason());
      return new Decoded.Entry(new LogEntry(offset, key, hash, observedAt, record));
    } catch (MalformedValueException | IllegalArgumentException malformed) {
      // The model's constructors have the last word on what is malformed.
      var reason = JsonObject.printable(String.valueOf(malformed.getMessage()));
      var record = subject.get().notUnderstood(reason);
      return new Decoded.Poison(new LogEntry(offset, key, hash, observedAt, record), reason);
    }
  }

  private static MeshRecord read(Subject subject, byte @Nullable [] value, String type)
      throws MalformedValueException, NotUnderstoodException {
    if (value == null) {
      return subject.gone();
    }
    if (type.isEmpty()) {
      throw new MalformedValueException("the header " + EventHeaders.TYPE + " is missing");
    }
    if (!type.equals(subject.type().text())) {
      throw new NotUnderstoodException(
          "the record's type is '%s', where this version knows '%s'"
              .formatted(JsonObject.excerpt(type), subject.type().text()));
    }
    return subject.read(JsonObject.parse(value));
  }

  private static IllegalArgumentException onlyRead(MeshRecord record) {
    return new IllegalArgumentException("only a reader makes this record: " + record);
  }

  private static OutgoingRecord outgoing(RecordKey key, ObjectNode json, Instant observedAt) {
    return new OutgoingRecord(key.text(), EventType.of(key).text(), json.toString(), observedAt);
  }

  private static OutgoingRecord tombstone(RecordKey key, Instant observedAt) {
    return new OutgoingRecord(key.text(), EventType.of(key).text(), "", observedAt);
  }
}
