package io.meshbridge.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Topics and users of {@code k8s/kafka}, as Strimzi's operator brings them to a cluster. */
final class ShippedKafka {
  private static final Path FOLDER = Path.of("..", "k8s", "kafka");
  private static final YAMLMapper YAML = new YAMLMapper();

  private ShippedKafka() {}

  /** Makes all topics, on a cluster of one broker. */
  static void createTopics(Admin admin) throws Exception {
    var settings = new TreeMap<String, String>();
    documents("topic-settings.yaml")
        .getFirst()
        .at("/spec/config")
        .properties()
        .forEach(setting -> settings.put(setting.getKey(), setting.getValue().asText()));
    settings.put("min.insync.replicas", "1");
    for (JsonNode topic : documents("topics.yaml")) {
      Topics.create(admin, topic.at("/metadata/name").asText(), settings);
    }
  }

  /** What a user may do, an operation each. */
  static List<AclBinding> rightsOf(String user) throws IOException {
    var rights = new ArrayList<AclBinding>();
    for (JsonNode candidate : documents("users.yaml")) {
      if (candidate.at("/metadata/name").asText().equals(user)) {
        candidate.at("/spec/authorization/acls").forEach(acl -> rights.addAll(of(user, acl)));
        if (candidate.at("/metadata/labels/meshbridge.io~1role").asText().equals("bridge")) {
          // One list, whose entries are read one by one like documents.
          for (JsonNode added : documents("bridge-acls.yaml")) {
            rights.addAll(of(user, added.path("value")));
          }
        }
      }
    }
    return rights;
  }

  private static List<AclBinding> of(String user, JsonNode acl) {
    var pattern =
        acl.at("/resource/patternType").asText().equals("prefix")
            ? PatternType.PREFIXED
            : PatternType.LITERAL;
    var rights = new ArrayList<AclBinding>();
    for (JsonNode operation : acl.path("operations")) {
      rights.add(
          right(
              user,
              operation.asText(),
              acl.at("/resource/type").asText(),
              acl.at("/resource/name").asText(),
              pattern));
    }
    return rights;
  }

  /** A right as people write it: {@code DescribeConfigs} on a {@code topic} of this name. */
  static AclBinding right(
      String user, String operation, String type, String name, PatternType pattern) {
    return new AclBinding(
        new ResourcePattern(ResourceType.fromString(constant(type)), name, pattern),
        new AccessControlEntry(
            "User:CN=" + user,
            "*",
            AclOperation.fromString(constant(operation)),
            AclPermissionType.ALLOW));
  }

  /** Of {@code transactionalId}, {@code transactional id} or {@code DescribeConfigs}. */
  private static String constant(String words) {
    return words.replaceAll("(?<=[a-z])(?=[A-Z])", "_").replace(' ', '_').toUpperCase(Locale.ROOT);
  }

  private static List<JsonNode> documents(String file) throws IOException {
    try (var documents =
        YAML.readerFor(JsonNode.class).<JsonNode>readValues(FOLDER.resolve(file).toFile())) {
      return documents.readAll();
    }
  }
}
