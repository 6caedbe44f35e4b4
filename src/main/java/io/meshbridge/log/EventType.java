package io.meshbridge.log;

/** The CloudEvents types of this version, as {@code ce_type} spells them. */
enum EventType {
  DESCRIPTOR("descriptor"),
  TRUST("trust"),
  HEARTBEAT("heartbeat"),
  SNAPSHOT("snapshot"),
  EXPORT("export"),
  ENDPOINTS("endpoints"),
  FAULT("fault"),
  HOLD("hold"),
  MEMBER("member"),
  ORDER("order"),
  ACT("act"),
  STATUS("status"),
  DEAD_LETTER("deadletter");

  private final String text;

  EventType(String word) {
    this.text = "io.meshbridge." + word + ".v1";
  }

  /** What a record of this key holds. */
  static EventType of(RecordKey key) {
    return switch (key) {
      case RecordKey.Descriptor ignored -> DESCRIPTOR;
      case RecordKey.Trust ignored -> TRUST;
      case RecordKey.Heartbeat ignored -> HEARTBEAT;
      case RecordKey.Snapshot ignored -> SNAPSHOT;
      case RecordKey.Export ignored -> EXPORT;
      case RecordKey.Endpoints ignored -> ENDPOINTS;
      case RecordKey.Fault ignored -> FAULT;
      case RecordKey.Hold ignored -> HOLD;
    };
  }

  String text() {
    return text;
  }
}
