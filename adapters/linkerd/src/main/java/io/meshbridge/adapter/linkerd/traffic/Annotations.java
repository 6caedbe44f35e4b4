package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.spi.reading.ObjectTrace;
import io.meshbridge.spi.reading.TracedFields;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Linkerd's annotations on Services and routes that say how traffic is treated. */
public final class Annotations {
  static final String RETRY_HTTP = "retry.linkerd.io/http";
  static final String RETRY_GRPC = "retry.linkerd.io/grpc";
  static final String RETRY_LIMIT = "retry.linkerd.io/limit";
  static final String RETRY_TIMEOUT = "retry.linkerd.io/timeout";
  static final String TIMEOUT_REQUEST = "timeout.linkerd.io/request";
  static final String TIMEOUT_RESPONSE = "timeout.linkerd.io/response";
  static final String TIMEOUT_IDLE = "timeout.linkerd.io/idle";
  static final String ACCRUAL = "balancer.linkerd.io/failure-accrual";
  static final String MAX_FAILURES = ACCRUAL + "-consecutive-max-failures";
  static final String MIN_PENALTY = ACCRUAL + "-consecutive-min-penalty";
  static final String MAX_PENALTY = ACCRUAL + "-consecutive-max-penalty";
  static final String JITTER = ACCRUAL + "-consecutive-jitter-ratio";

  /** The prefix of those that are still tried out. */
  static final String ALPHA = "balancer.alpha.linkerd.io/";

  /** Where annotations stand. */
  static final String PATH = "metadata.annotations";

  private static final String METADATA = "metadata";
  private static final String FIELD = "annotations";

  private static final List<String> PREFIXES =
      List.of("retry.linkerd.io/", "timeout.linkerd.io/", "balancer.linkerd.io/", ALPHA);

  private Annotations() {}

  /** Begins to read those that are about traffic; all of them have to be accounted for. */
  static TracedFields read(ObjectTrace trace, Map<String, String> annotations) {
    var wanted = new TreeMap<String, Object>(annotations);
    wanted.keySet().removeIf(name -> !isOne(name));
    return trace.read(Map.of(FIELD, wanted), METADATA).object(FIELD);
  }

  /** Whether an annotation of that name is one of these. */
  public static boolean isOne(String name) {
    return PREFIXES.stream().anyMatch(name::startsWith);
  }
}
