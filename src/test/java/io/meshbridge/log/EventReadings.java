package io.meshbridge.log;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectMapper.DefaultTypeResolverBuilder;
import com.fasterxml.jackson.databind.ObjectMapper.DefaultTyping;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.impl.LaissezFaireSubTypeValidator;
import io.meshbridge.status.StatusCodec;
import java.io.IOException;
import java.util.Optional;

/** What the present code reads from a record: the values of the model, with their types. */
final class EventReadings {
  private static final ObjectMapper VALUES =
      JsonMapper.builder()
          .findAndAddModules()
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .visibility(PropertyAccessor.ALL, Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, Visibility.ANY)
          .setDefaultTyping(new TypesOfTheModel())
          .build();

  /** Names the types of the model's values, which tell apart what has the same fields. */
  private static final class TypesOfTheModel extends DefaultTypeResolverBuilder {
    private static final long serialVersionUID = 1L;

    TypesOfTheModel() {
      super(DefaultTyping.NON_FINAL, LaissezFaireSubTypeValidator.instance);
      init(JsonTypeInfo.Id.SIMPLE_NAME, null);
      inclusion(JsonTypeInfo.As.PROPERTY);
      typeProperty("is");
    }

    @Override
    public boolean useForType(JavaType type) {
      return type.getRawClass().isRecord() || type.getRawClass().isSealed();
    }
  }

  private EventReadings() {}

  /** Of acts and dead letters, which only people read, what stands there. */
  static JsonNode of(RecordedEvent event) throws IOException {
    // As text first: a reading that was written into a file knows no widths of numbers either.
    return VALUES.readTree(values(event).toString());
  }

  private static JsonNode values(RecordedEvent event) throws IOException {
    var topic = event.topic();
    var mesh = RecordedEvent.TOPICS.meshOf(topic);
    if (mesh.isPresent()) {
      return VALUES.valueToTree(new RecordCodec().decode(mesh.get(), event.arrived()));
    }
    if (topic.equals(RecordedEvent.TOPICS.members())) {
      return VALUES.valueToTree(new MemberCodec().decode(event.arrived()));
    }
    if (topic.equals(RecordedEvent.TOPICS.orders())) {
      return VALUES.valueToTree(new OrderCodec().decode(event.arrived()));
    }
    if (topic.equals(RecordedEvent.TOPICS.status(Samples.MESH))) {
      return VALUES
          .createObjectNode()
          .set(
              "status",
              VALUES.valueToTree(
                  event.isTombstone()
                      ? StatusCodec.serviceOf(event.key())
                      : StatusCodec.decode(Samples.MESH, event.value())));
    }
    return VALUES.readTree(event.value());
  }

  /** Where a reading lacks what was read before, or has it otherwise; what is new may stand. */
  static Optional<String> difference(JsonNode before, JsonNode now, String path) {
    if (before.isObject() && now.isObject()) {
      return before.properties().stream()
          .flatMap(
              field ->
                  difference(
                      field.getValue(), now.path(field.getKey()), path + "/" + field.getKey())
                      .stream())
          .findFirst();
    }
    if (before.isArray() && now.isArray() && before.size() == now.size()) {
      for (int i = 0; i < before.size(); i++) {
        var found = difference(before.path(i), now.path(i), path + "/" + i);
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    }
    return before.equals(now)
        ? Optional.empty()
        : Optional.of("%s was %s, and is %s".formatted(path, before, now));
  }
}
