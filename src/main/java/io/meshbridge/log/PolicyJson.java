package io.meshbridge.log;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.MutableConfigOverride;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.meshbridge.model.traffic.HashKey;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.Ingress;
import io.meshbridge.model.traffic.PathChange;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * A part of an export that tells others how to act, as JSON: the records of the model by their
 * fields, without what is empty. Must-understand: what this version does not know, be it a field, a
 * kind of filter or a word, makes the whole part one that it must not act upon.
 *
 * <p>A native executable has the records with all that they are made of, by way of the fields.
 *
 * @param <T> the part
 */
@RegisterForReflection(
    targets = {TrafficPolicy.class, Ingress.class},
    registerFullHierarchy = true)
final class PolicyJson<T> {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new PolicyWords())
          .addMixIn(HttpFilter.class, FilterTypes.class)
          .addMixIn(PathChange.class, PathChangeTypes.class)
          .addMixIn(HashKey.class, HashKeyTypes.class)
          // The fields of a record are its components; what it answers besides is no part of it.
          .visibility(PropertyAccessor.GETTER, Visibility.NONE)
          .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, Visibility.ANY)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS))
          .withConfigOverride(List.class, PolicyJson::emptyIfAbsent)
          .withConfigOverride(SortedMap.class, PolicyJson::emptyIfAbsent)
          .withConfigOverride(SortedSet.class, PolicyJson::emptyIfAbsent)
          .withConfigOverride(String.class, PolicyJson::emptyIfAbsent)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** How traffic is treated. */
  static final PolicyJson<TrafficPolicy> TRAFFIC =
      new PolicyJson<>(TrafficPolicy.FIELD, TrafficPolicy.class);

  /** Where requests from outside come in. */
  static final PolicyJson<Ingress> INGRESS = new PolicyJson<>(Ingress.FIELD, Ingress.class);

  private final String field;
  private final ObjectReader any;
  private final ObjectReader whole;

  private PolicyJson(String field, Class<T> type) {
    this.field = field;
    this.any = MAPPER.readerFor(type);
    this.whole = any.with(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);
  }

  JsonNode write(T part) {
    return MAPPER.valueToTree(part);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws NotUnderstoodException if it holds something that this version does not know
   * @throws MalformedValueException if it is not what it must be
   */
  T read(JsonNode json) throws MalformedValueException, NotUnderstoodException {
    try {
      return whole.readValue(json);
    } catch (IOException fault) {
      requireUnderstood(json);
      throw malformed(fault);
    }
  }

  /** Whether something is newer weighs more than whether something is missing. */
  private void requireUnderstood(JsonNode json)
      throws MalformedValueException, NotUnderstoodException {
    try {
      any.readValue(json);
    } catch (UnrecognizedPropertyException | InvalidTypeIdException newer) {
      throw notUnderstood(newer);
    } catch (JsonMappingException fault) {
      if (fault.getCause() instanceof PolicyWords.UnknownWordException) {
        throw notUnderstood(fault);
      }
      throw malformed(fault);
    } catch (IOException fault) {
      throw malformed(fault);
    }
  }

  private MalformedValueException malformed(IOException fault) {
    var path = fault instanceof JsonMappingException mapping ? pathOf(mapping) : field;
    var message = fault instanceof JsonProcessingException json ? json.getOriginalMessage() : "";
    return new MalformedValueException(path + ": " + JsonObject.excerpt(String.valueOf(message)));
  }

  private static void emptyIfAbsent(MutableConfigOverride type) {
    type.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
  }

  private NotUnderstoodException notUnderstood(JsonMappingException newer) {
    return new NotUnderstoodException(
        JsonObject.excerpt(pathOf(newer)) + " is something that this version does not know");
  }

  private String pathOf(JsonMappingException fault) {
    var path = new StringBuilder(field);
    for (JsonMappingException.Reference step : fault.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append('.').append(step.getFieldName());
      }
    }
    return path.toString();
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = HttpFilter.RequestHeaders.class, name = "request-headers"),
    @JsonSubTypes.Type(value = HttpFilter.ResponseHeaders.class, name = "response-headers"),
    @JsonSubTypes.Type(value = HttpFilter.Redirect.class, name = "redirect"),
    @JsonSubTypes.Type(value = HttpFilter.Rewrite.class, name = "rewrite"),
    @JsonSubTypes.Type(value = HttpFilter.Mirror.class, name = "mirror"),
    @JsonSubTypes.Type(value = HttpFilter.Delay.class, name = "delay"),
    @JsonSubTypes.Type(value = HttpFilter.Abort.class, name = "abort"),
    @JsonSubTypes.Type(value = HttpFilter.DirectResponse.class, name = "direct-response"),
    @JsonSubTypes.Type(value = HttpFilter.Cors.class, name = "cors")
  })
  private interface FilterTypes {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = PathChange.Whole.class, name = "whole"),
    @JsonSubTypes.Type(value = PathChange.Prefix.class, name = "prefix"),
    @JsonSubTypes.Type(value = PathChange.Regex.class, name = "regex")
  })
  private interface PathChangeTypes {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = HashKey.Header.class, name = "header"),
    @JsonSubTypes.Type(value = HashKey.Cookie.class, name = "cookie"),
    @JsonSubTypes.Type(value = HashKey.QueryParameter.class, name = "query-parameter"),
    @JsonSubTypes.Type(value = HashKey.SourceIp.class, name = "source-ip")
  })
  private interface HashKeyTypes {}
}
