package io.meshbridge.it;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;

/** The rights in Kafka that a bridge says it misses. */
final class MissedRights {
  private static final Pattern MISSED =
      Pattern.compile("missing right (\\w+) on (topic|group|transactional id) ([\\w.-]+)");

  private MissedRights() {}

  /** Those in a log, as they would be given to a user. */
  static List<AclBinding> in(String log, String user) {
    var rights = new ArrayList<AclBinding>();
    var missed = MISSED.matcher(log);
    while (missed.find()) {
      rights.add(
          ShippedKafka.right(
              user, missed.group(1), missed.group(2), missed.group(3), PatternType.LITERAL));
    }
    return rights.stream().distinct().toList();
  }

  /** Whether who has the one may do what the other allows, as Kafka's authorizer sees it. */
  static boolean covers(AclBinding given, AclBinding right) {
    return coversName(given, right) && coversOperation(given.entry().operation(), right);
  }

  /** Whether the one would be given because of the other: the same operation on what it covers. */
  static boolean isFor(AclBinding given, AclBinding right) {
    return coversName(given, right) && given.entry().operation() == right.entry().operation();
  }

  private static boolean coversName(AclBinding given, AclBinding right) {
    var pattern = given.pattern();
    var name = right.pattern().name();
    return pattern.resourceType() == right.pattern().resourceType()
        && (pattern.patternType() == PatternType.PREFIXED
            ? name.startsWith(pattern.name())
            : name.equals(pattern.name()));
  }

  private static boolean coversOperation(AclOperation given, AclBinding right) {
    var wanted = right.entry().operation();
    boolean implied =
        wanted == AclOperation.DESCRIBE
            && (given == AclOperation.READ || given == AclOperation.WRITE);
    return given == wanted || implied;
  }
}
