package io.meshbridge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.PrintWriter;
import java.util.Locale;

/** How a command prints what it found. */
enum OutputFormat {
  /** Columns, for people. */
  TABLE,
  /** One JSON document. */
  JSON,
  /** One YAML document. */
  YAML;

  /** The options' help shows the words as they are usually written. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Prints a tree, as YAML or else as JSON. */
  void print(JsonNode tree, PrintWriter out) {
    try {
      out.println(mapper().writeValueAsString(tree).stripTrailing());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree can always be printed", impossible);
    }
  }

  private ObjectMapper mapper() {
    var mapper =
        this == YAML
            ? new ObjectMapper(
                YAMLFactory.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                    .build())
            : new ObjectMapper();
    return mapper.enable(SerializationFeature.INDENT_OUTPUT);
  }
}
