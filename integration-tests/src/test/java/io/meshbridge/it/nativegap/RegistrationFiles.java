package io.meshbridge.it.nativegap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Reads the files in which Quarkus and libraries register, by their names. A condition is taken to
 * hold: whether code can be reached is what only GraalVM can say.
 */
final class RegistrationFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RegistrationFiles() {}

  /**
   * What a file registers.
   *
   * @param name the file's, such as {@code reflect-config.json}
   * @throws IOException if it is not of the form that its name promises
   */
  static Registered read(String name, byte[] content) throws IOException {
    var json = JSON.readTree(content);
    return switch (name) {
      case "reflect-config.json" -> reflection(json);
      case "proxy-config.json" -> proxies(json);
      case "resource-config.json" -> resources(json);
      case "serialization-config.json" -> serialization(json);
      // Access from native code does not begin in Java.
      case "jni-config.json" -> Registered.NOTHING;
      // The newer form, of all in one.
      case "reachability-metadata.json" ->
          reflection(json.path("reflection")).and(resources(json)).and(serialization(json));
      default -> throw new IOException("unknown form of registration: " + name);
    };
  }

  private static Registered reflection(JsonNode entries) {
    var types = new HashMap<String, Registration>();
    var proxies = new HashSet<String>();
    for (JsonNode entry : entries) {
      var type = entry.has("name") ? entry.path("name") : entry.path("type");
      if (type.has("proxy")) {
        proxies.add(joined(type.path("proxy")));
      } else {
        types.merge(type.asText(), registration(entry), Registration::and);
      }
    }
    return new Registered(types, proxies, List.of(), Set.of(), Set.of());
  }

  private static Registration registration(JsonNode entry) {
    var flags = new HashSet<String>();
    entry
        .properties()
        .forEach(
            property -> {
              if (property.getValue().isBoolean() && property.getValue().asBoolean()) {
                flags.add(property.getKey());
              }
            });
    var members = new HashSet<>(methods(entry.path("methods")));
    entry.path("fields").forEach(field -> members.add(field.path("name").asText()));
    return new Registration(flags, members, methods(entry.path("queriedMethods")));
  }

  private static Set<String> methods(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(
            method ->
                method.path("name").asText() + "(" + joined(method.path("parameterTypes")) + ")")
        .collect(Collectors.toSet());
  }

  private static Registered proxies(JsonNode entries) {
    var proxies = new HashSet<String>();
    for (JsonNode entry : entries) {
      proxies.add(joined(entry.isArray() ? entry : entry.path("interfaces")));
    }
    return new Registered(Map.of(), proxies, List.of(), Set.of(), Set.of());
  }

  private static Registered resources(JsonNode json) {
    var patterns = new ArrayList<Pattern>();
    var resources = json.path("resources");
    for (JsonNode entry : resources.isArray() ? resources : resources.path("includes")) {
      patterns.add(
          entry.has("glob")
              ? glob(entry.path("glob").asText())
              : Pattern.compile(withoutModule(entry.path("pattern").asText())));
    }
    var bundles = new HashSet<String>();
    json.path("bundles").forEach(entry -> bundles.add(withoutModule(entry.path("name").asText())));
    return new Registered(Map.of(), Set.of(), patterns, bundles, Set.of());
  }

  private static Pattern glob(String glob) {
    var parts =
        Pattern.compile("\\*\\*/?|\\*")
            .matcher(glob)
            .results()
            .map(found -> found.group())
            .toList();
    var between = glob.split("\\*\\*/?|\\*", -1);
    var regex = new StringBuilder(Pattern.quote(between[0]));
    for (int i = 0; i < parts.size(); i++) {
      regex.append(parts.get(i).startsWith("**") ? ".*" : "[^/]*");
      regex.append(Pattern.quote(between[i + 1]));
    }
    return Pattern.compile(regex.toString());
  }

  private static String withoutModule(String name) {
    return name.replaceFirst("^(ALL-UNNAMED|[\\w.]+):", "");
  }

  private static Registered serialization(JsonNode json) {
    var names = new HashSet<String>();
    for (JsonNode list : List.of(json.path("types"), json.path("serialization"), json)) {
      if (list.isArray()) {
        list.forEach(
            entry ->
                names.add(
                    entry.has("name") ? entry.path("name").asText() : entry.path("type").asText()));
      }
    }
    return new Registered(Map.of(), Set.of(), List.of(), Set.of(), names);
  }

  private static String joined(JsonNode names) {
    return StreamSupport.stream(names.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(","));
  }
}
