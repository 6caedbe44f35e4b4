package io.meshbridge.log;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleDeserializers;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.spi.reading.Durations;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** How single values of a policy are spelled: durations with their unit, enums as words. */
final class PolicyWords extends SimpleModule {
  private static final long serialVersionUID = 1L;

  PolicyWords() {
    setDeserializers(new EnumWords());
    addSerializer(Duration.class, printing(Durations::inSeconds));
    addDeserializer(Duration.class, parsing("a duration such as 1.5s", Durations::parse));
    addSerializer(MeshId.class, printing(MeshId::value));
    addDeserializer(MeshId.class, parsing("a mesh id", text -> Optional.of(new MeshId(text))));
    addSerializer(Sources.class, new SourcesWriter());
    addDeserializer(Sources.class, new SourcesReader());
    addSerializer(Enum.class, printing(EnumWord::of));
  }

  /** A word that this version does not know. */
  static final class UnknownWordException extends IOException {
    private static final long serialVersionUID = 1L;

    UnknownWordException(String word) {
      super("'" + word + "' is a word that this version does not know");
    }
  }

  /** The map alone, without a name for it. */
  private static final class SourcesWriter extends JsonSerializer<Sources> {
    @Override
    public void serialize(Sources sources, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      provider.defaultSerializeValue(sources.fields(), out);
    }

    @Override
    public boolean isEmpty(SerializerProvider provider, Sources sources) {
      return sources.fields().isEmpty();
    }
  }

  private static final class SourcesReader extends JsonDeserializer<Sources> {
    @Override
    public Sources deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return new Sources(in.readValueAs(new TypeReference<TreeMap<String, List<FieldRef>>>() {}));
    }

    @Override
    public Sources getAbsentValue(DeserializationContext context) {
      return Sources.NONE;
    }
  }

  private static <T> JsonSerializer<T> printing(Function<T, String> print) {
    return new JsonSerializer<>() {
      @Override
      public void serialize(T value, JsonGenerator out, SerializerProvider ignored)
          throws IOException {
        out.writeString(print.apply(value));
      }
    };
  }

  private static <T> JsonDeserializer<T> parsing(
      String expected, Function<String, Optional<T>> parse) {
    return new JsonDeserializer<>() {
      @Override
      public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
        var text = in.getValueAsString("");
        return parse
            .apply(text)
            .orElseThrow(
                () ->
                    JsonMappingException.from(in, "must be " + expected + ", not '" + text + "'"));
      }
    };
  }

  /** Finds an enum's value by its word. */
  private static final class EnumWords extends SimpleDeserializers {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonDeserializer<?> findEnumDeserializer(
        Class<?> type, DeserializationConfig config, BeanDescription description) {
      return new JsonDeserializer<Object>() {
        @Override
        public Object deserialize(JsonParser in, DeserializationContext context)
            throws IOException {
          var word = in.getValueAsString("");
          for (Object value : type.getEnumConstants()) {
            if (EnumWord.of((Enum<?>) value).equals(word)) {
              return value;
            }
          }
          throw new UnknownWordException(word);
        }
      };
    }
  }
}
