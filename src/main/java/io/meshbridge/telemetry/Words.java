package io.meshbridge.telemetry;

import io.opentelemetry.api.common.AttributeKey;

/** The names of spans and of their attributes; docs/observability.md says what they mean. */
final class Words {
  static final String OBSERVE = "observe";
  static final String PUBLISH = "publish";
  static final String FOLD = "fold";
  static final String PLAN = "plan";
  static final String APPLY = "apply";

  static final AttributeKey<String> SERVICE = AttributeKey.stringKey("meshbridge.service");
  static final AttributeKey<String> ORIGIN = AttributeKey.stringKey("meshbridge.origin");
  static final AttributeKey<String> TARGET = AttributeKey.stringKey("meshbridge.target");
  static final AttributeKey<String> DECISION = AttributeKey.stringKey("meshbridge.decision");
  static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("meshbridge.outcome");

  // As OpenTelemetry's conventions for messaging have them.
  static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
  static final AttributeKey<String> DESTINATION =
      AttributeKey.stringKey("messaging.destination.name");
  static final AttributeKey<String> OPERATION = AttributeKey.stringKey("messaging.operation.type");
  static final String KAFKA = "kafka";

  private Words() {}
}
