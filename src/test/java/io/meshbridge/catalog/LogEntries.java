package io.meshbridge.catalog;

import io.meshbridge.log.Decoded;
import io.meshbridge.log.LogDigest;
import io.meshbridge.log.LogEntry;
import io.meshbridge.log.MeshRecord;
import io.meshbridge.log.OutgoingRecord;
import io.meshbridge.log.RecordCodec;
import io.meshbridge.log.SnapshotMarker;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Export;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Records as a reader of the log gives them: through the codec and back. */
public final class LogEntries {
  /** When all of them were observed. */
  public static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");

  private static final RecordCodec CODEC = new RecordCodec();

  private LogEntries() {}

  /** A service is offered. */
  public static LogEntry exported(Export export) {
    return exported(export, AT);
  }

  /** A service is offered, as observed at that time. */
  public static LogEntry exported(Export export, Instant at) {
    return entry(export.key().mesh(), new MeshRecord.Exported(export), at);
  }

  /** A service is withdrawn. */
  public static LogEntry withdrawn(ServiceKey service) {
    return entry(service.mesh(), new MeshRecord.ExportGone(service), AT);
  }

  /** The only chunk of a service's endpoints. */
  public static LogEntry endpoints(ServiceKey service, EndpointList endpoints) {
    return endpoints(service, 0, 1, endpoints);
  }

  /** A chunk of a service's endpoints. */
  public static LogEntry endpoints(
      ServiceKey service, int chunk, int chunks, EndpointList endpoints) {
    return entry(
        service.mesh(), new MeshRecord.EndpointsChanged(service, chunk, chunks, endpoints), AT);
  }

  /** A chunk of endpoints is no more. */
  public static LogEntry endpointsGone(ServiceKey service, int chunk) {
    return entry(service.mesh(), new MeshRecord.EndpointsGone(service, chunk), AT);
  }

  /** What a mesh says of itself. */
  public static LogEntry described(MeshDescriptor mesh) {
    return entry(mesh.id(), new MeshRecord.Described(mesh), AT);
  }

  /** A marker. */
  public static LogEntry marked(MeshId mesh, SnapshotMarker marker) {
    return entry(mesh, new MeshRecord.Marked(marker), AT);
  }

  /** The marker that is right after this fold. */
  public static LogEntry marked(MeshId mesh, MeshFold fold) {
    return marked(mesh, new SnapshotMarker(1, fold.digest().keys(), fold.digest().hex()));
  }

  /** The same record, with a value that nobody can read. */
  public static LogEntry spoiled(LogEntry good, MeshId mesh) {
    var record = new OutgoingRecord(good.key(), typeOf(good), "{\"broken\":", AT);
    return switch (CODEC.decode(mesh, 0, record)) {
      case Decoded.Poison(var entry, var ignored) -> entry;
      case Decoded.Entry other -> throw new IllegalStateException("readable: " + other);
      case Decoded.PassedOver other -> throw new IllegalStateException("passed over: " + other);
    };
  }

  /** A record of a part that this version does not know. */
  public static LogEntry unknown(String key, String value) {
    return new LogEntry(
        0,
        key,
        value.isEmpty() ? "" : LogDigest.hashOf(value.getBytes(StandardCharsets.UTF_8)),
        AT,
        new MeshRecord.Unknown());
  }

  /** Any record that can be written. */
  public static LogEntry entry(MeshId mesh, MeshRecord record, Instant at) {
    return switch (CODEC.decode(mesh, 0, CODEC.encode(record, at))) {
      case Decoded.Entry(var entry) -> entry;
      case Decoded.Poison other -> throw new IllegalStateException("poison: " + other);
      case Decoded.PassedOver other -> throw new IllegalStateException("passed over: " + other);
    };
  }

  private static String typeOf(LogEntry entry) {
    return entry.key().startsWith("v1/export/")
        ? "io.meshbridge.export.v1"
        : "io.meshbridge.endpoints.v1";
  }
}
