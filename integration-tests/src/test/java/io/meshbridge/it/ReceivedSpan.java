package io.meshbridge.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A span, as a bridge exports it (opentelemetry-proto, trace/v1).
 *
 * @param process the {@code service.name} of its process
 * @param kind 1 is internal, 4 producer, 5 consumer
 * @param attributes those whose value is a text
 */
record ReceivedSpan(
    String process,
    String name,
    String traceId,
    String spanId,
    String parentId,
    long kind,
    long startNanos,
    long endNanos,
    Map<String, String> attributes) {
  /** All spans of an export request. */
  static List<ReceivedSpan> allOf(byte[] request) {
    var spans = new ArrayList<ReceivedSpan>();
    for (WireMessage ofResource : WireMessage.read(request).messages(1)) {
      var process =
          ofResource.messages(1).stream()
              .map(resource -> texts(resource.messages(1)).getOrDefault("service.name", ""))
              .findFirst()
              .orElse("");
      for (WireMessage ofScope : ofResource.messages(2)) {
        ofScope.messages(2).forEach(span -> spans.add(of(process, span)));
      }
    }
    return spans;
  }

  private static ReceivedSpan of(String process, WireMessage span) {
    return new ReceivedSpan(
        process,
        span.text(5),
        span.hex(1),
        span.hex(2),
        span.hex(4),
        span.number(6),
        span.number(7),
        span.number(8),
        texts(span.messages(9)));
  }

  private static Map<String, String> texts(List<WireMessage> attributes) {
    var texts = new TreeMap<String, String>();
    attributes.forEach(
        attribute ->
            attribute.messages(2).forEach(value -> texts.put(attribute.text(1), value.text(1))));
    return texts;
  }
}
