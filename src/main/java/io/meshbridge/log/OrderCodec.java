package io.meshbridge.log;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.orders.Order;
import io.meshbridge.orders.SignedOrder;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Orders to records of the orders' topic and back; pure, and decoding never throws. A record that
 * is not understood changes nothing, and what was ordered before stands.
 */
public final class OrderCodec {
  private static final String CONFIRM = RecordKey.VERSION + "confirm/";
  private static final String LEAVE = RecordKey.VERSION + "leave/";
  private static final String PAUSE = RecordKey.VERSION + "pause/";

  /** What became of a record's bytes. */
  public sealed interface Decoded {
    /** An order stands under this key. */
    record Given(String key, SignedOrder order) implements Decoded {}

    /** No order stands under this key any more. */
    record Lifted(String key) implements Decoded {}

    /** Nobody can read it. */
    record NotUnderstood(String reason) implements Decoded {}
  }

  /** The record that gives an order. */
  public OutgoingRecord give(SignedOrder signed) {
    return new OutgoingRecord(
        key(signed.order()), EventType.ORDER.text(), json(signed).toString(), signed.at());
  }

  /** The record that lifts an order; who lifts it is told in the trail of acts. */
  public OutgoingRecord lift(SignedOrder signed) {
    return new OutgoingRecord(key(signed.order()), EventType.ORDER.text(), "", signed.at());
  }

  /** Reads a record of the orders' topic. */
  public Decoded decode(ConsumerRecord<byte[], byte[]> record) {
    try {
      var key = record.key() == null ? "" : StrictUtf8.decode(record.key());
      if (record.value() == null) {
        return new Decoded.Lifted(key);
      }
      var type = EventHeaders.text(record.headers(), EventHeaders.TYPE).orElse("");
      if (!type.equals(EventType.ORDER.text())) {
        return new Decoded.NotUnderstood(
            "the record's type is '%s'".formatted(JsonObject.excerpt(type)));
      }
      var signed = read(JsonObject.parse(record.value()));
      return key.equals(key(signed.order()))
          ? new Decoded.Given(key, signed)
          : new Decoded.NotUnderstood("the key is not that of the order");
    } catch (CharacterCodingException | MalformedValueException | IllegalArgumentException fault) {
      return new Decoded.NotUnderstood(JsonObject.printable(String.valueOf(fault.getMessage())));
    }
  }

  static String key(Order order) {
    return switch (order) {
      case Order.Confirm(var origin, var target) ->
          CONFIRM + origin + target.map(mesh -> "/" + mesh).orElse("");
      case Order.Pause(var target, var service) ->
          PAUSE + target + service.map(OrderCodec::below).orElse("");
      case Order.Leave(var mesh) -> LEAVE + mesh;
    };
  }

  private static String below(ServiceKey service) {
    return "/"
        + service.mesh()
        + "/"
        + KeyElements.encode(service.namespace())
        + "/"
        + KeyElements.encode(service.name());
  }

  private static ObjectNode json(SignedOrder signed) {
    return json(signed.order())
        .put("by", signed.by())
        .put("why", signed.why())
        .put("at", signed.at().toString());
  }

  /** What is ordered, as JSON. */
  static ObjectNode json(Order order) {
    var json = JsonNodeFactory.instance.objectNode();
    switch (order) {
      case Order.Confirm(var origin, var target) -> {
        json.put("order", "confirm").put("origin", origin.value());
        target.ifPresent(mesh -> json.put("target", mesh.value()));
      }
      case Order.Pause(var target, var service) -> {
        json.put("order", "pause").put("target", target.value());
        service.ifPresent(key -> ServiceJson.write(json.putObject("service"), key));
      }
      case Order.Leave(var mesh) -> json.put("order", "leave").put("mesh", mesh.value());
    }
    return json;
  }

  private static SignedOrder read(JsonObject json) throws MalformedValueException {
    var order =
        switch (json.text("order")) {
          case "confirm" ->
              new Order.Confirm(new MeshId(json.text("origin")), mesh(json.textOr("target", "")));
          case "pause" -> new Order.Pause(new MeshId(json.text("target")), service(json));
          case "leave" -> new Order.Leave(new MeshId(json.text("mesh")));
          default -> throw new MalformedValueException("the order is not known");
        };
    return new SignedOrder(
        order, printable(json, "by"), printable(json, "why"), json.instant("at"));
  }

  /** People's words: they end up in logs and on screens. */
  private static String printable(JsonObject json, String field) throws MalformedValueException {
    return JsonObject.printable(json.text(field));
  }

  private static Optional<MeshId> mesh(String id) {
    return id.isEmpty() ? Optional.empty() : Optional.of(new MeshId(id));
  }

  private static Optional<ServiceKey> service(JsonObject json) throws MalformedValueException {
    if (json.isAbsent("service")) {
      return Optional.empty();
    }
    var service = json.object("service");
    return Optional.of(
        new ServiceKey(
            new MeshId(service.text("mesh")), service.text("namespace"), service.text("name")));
  }
}
