package io.meshbridge.log;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import java.util.Optional;

/** What a record is about, as its topic and key say, before anyone has looked at its value. */
sealed interface Subject {
  /** What kind of event its record holds. */
  EventType type();

  /** Which service it is about; empty if it is about the mesh. */
  default Optional<ServiceKey> ofService() {
    return switch (this) {
      case OfMesh ignored -> Optional.empty();
      case OfExport(var service) -> Optional.of(service);
      case OfFault(var service) -> Optional.of(service);
      case OfHold(var service) -> Optional.of(service);
      case OfEndpoints(var service, int ignored) -> Optional.of(service);
    };
  }

  /** What its record says without a value. */
  MeshRecord gone();

  /** What its record says with this value. */
  MeshRecord read(JsonObject json) throws MalformedValueException, NotUnderstoodException;

  /** What its record says if nobody can tell: what stands stays. */
  MeshRecord notUnderstood(String reason);

  /** Empty if the key cannot be that of any service, which makes it one that nobody knows. */
  static Optional<Subject> of(MeshId mesh, RecordKey key) {
    try {
      return Optional.of(
          switch (key) {
            case RecordKey.Descriptor() -> new OfMesh(mesh, EventType.DESCRIPTOR);
            case RecordKey.Trust() -> new OfMesh(mesh, EventType.TRUST);
            case RecordKey.Heartbeat() -> new OfMesh(mesh, EventType.HEARTBEAT);
            case RecordKey.Snapshot() -> new OfMesh(mesh, EventType.SNAPSHOT);
            case RecordKey.Export(var namespace, var name) ->
                new OfExport(new ServiceKey(mesh, namespace, name));
            case RecordKey.Fault(var namespace, var name) ->
                new OfFault(new ServiceKey(mesh, namespace, name));
            case RecordKey.Hold(var namespace, var name) ->
                new OfHold(new ServiceKey(mesh, namespace, name));
            case RecordKey.Endpoints(var namespace, var name, int chunk) ->
                new OfEndpoints(new ServiceKey(mesh, namespace, name), chunk);
          });
    } catch (IllegalArgumentException noService) {
      return Optional.empty();
    }
  }

  /** The mesh as a whole. */
  record OfMesh(MeshId mesh, EventType type) implements Subject {
    @Override
    public MeshRecord gone() {
      return new MeshRecord.Unreadable("a record of type " + type.text() + " cannot be withdrawn");
    }

    @Override
    public MeshRecord read(JsonObject json) throws MalformedValueException {
      return switch (type) {
        case DESCRIPTOR -> new MeshRecord.Described(DescriptorJson.read(json, mesh));
        case TRUST -> new MeshRecord.Trusted(TrustJson.read(json));
        case HEARTBEAT -> new MeshRecord.Beat(HeartbeatJson.read(json));
        case SNAPSHOT -> new MeshRecord.Marked(SnapshotJson.read(json));
        case EXPORT, ENDPOINTS, FAULT, HOLD, MEMBER, ORDER, ACT, STATUS, DEAD_LETTER ->
            throw new IllegalStateException(type.text() + " is not about a mesh as a whole");
      };
    }

    @Override
    public MeshRecord notUnderstood(String reason) {
      return new MeshRecord.Unreadable(reason);
    }
  }

  /** One service. */
  record OfExport(ServiceKey service) implements Subject {
    @Override
    public EventType type() {
      return EventType.EXPORT;
    }

    @Override
    public MeshRecord gone() {
      return new MeshRecord.ExportGone(service);
    }

    @Override
    public MeshRecord read(JsonObject json) throws MalformedValueException, NotUnderstoodException {
      return new MeshRecord.Exported(ExportJson.read(json, service));
    }

    @Override
    public MeshRecord notUnderstood(String reason) {
      return new MeshRecord.NotUnderstood(service, reason);
    }
  }

  /** What is wrong with one service. */
  record OfFault(ServiceKey service) implements Subject {
    @Override
    public EventType type() {
      return EventType.FAULT;
    }

    @Override
    public MeshRecord gone() {
      return new MeshRecord.FaultGone(service);
    }

    @Override
    public MeshRecord read(JsonObject json) throws MalformedValueException {
      return FaultJson.read(json, service);
    }

    @Override
    public MeshRecord notUnderstood(String reason) {
      return new MeshRecord.NotUnderstood(service, reason);
    }
  }

  /** That one service's withdrawal is held. */
  record OfHold(ServiceKey service) implements Subject {
    @Override
    public EventType type() {
      return EventType.HOLD;
    }

    @Override
    public MeshRecord gone() {
      return new MeshRecord.HoldGone(service);
    }

    @Override
    public MeshRecord read(JsonObject json) throws MalformedValueException {
      return HoldJson.read(json, service);
    }

    @Override
    public MeshRecord notUnderstood(String reason) {
      return new MeshRecord.NotUnderstood(service, reason);
    }
  }

  /** A chunk of one service's endpoints. */
  record OfEndpoints(ServiceKey service, int chunk) implements Subject {
    @Override
    public EventType type() {
      return EventType.ENDPOINTS;
    }

    @Override
    public MeshRecord gone() {
      return new MeshRecord.EndpointsGone(service, chunk);
    }

    @Override
    public MeshRecord read(JsonObject json) throws MalformedValueException {
      return EndpointsJson.read(json, service, chunk);
    }

    @Override
    public MeshRecord notUnderstood(String reason) {
      return new MeshRecord.NotUnderstood(service, reason);
    }
  }
}
