package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.spi.reading.TracedFields;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the injection of faults. Without a percentage nobody is hit. */
final class FaultReader {
  private static final int WHOLE = 100;
  private static final String NOT_IN_PROXIES = "Istio's API has it, its proxies do not";

  private FaultReader() {}

  static void read(TracedFields rule, FilterList filters) {
    var fault = rule.object("fault");
    if (fault.has("delay")) {
      readDelay(fault.object("delay"), filters);
    }
    if (fault.has("abort")) {
      readAbort(fault.object("abort"), filters);
    }
  }

  private static void readDelay(TracedFields delay, FilterList filters) {
    delay.drop("exponentialDelay", NOT_IN_PROXIES, "use fixedDelay");
    var refs = new ArrayList<FieldRef>();
    var percent = percentOf(delay, refs);
    var fixed = delay.duration("fixedDelay");
    if (fixed.isEmpty() || percent.isEmpty()) {
      if (!delay.has("fixedDelay") && !delay.has("exponentialDelay")) {
        delay.error("fixedDelay", "is missing");
      }
      return;
    }
    refs.addFirst(delay.ref("fixedDelay"));
    filters.add(new HttpFilter.Delay(fixed.orElseThrow(), percent.orElseThrow()), refs);
  }

  private static void readAbort(TracedFields abort, FilterList filters) {
    abort.drop("http2Error", NOT_IN_PROXIES, "use httpStatus or grpcStatus");
    var refs = new ArrayList<FieldRef>();
    var percent = percentOf(abort, refs);
    var http = abort.integer("httpStatus", 200, 599);
    var grpc = abort.text("grpcStatus").orElse("");
    if (http.isPresent() && !grpc.isEmpty()) {
      abort.error("grpcStatus", "must not stand beside httpStatus");
    } else if (percent.isPresent() && http.isPresent()) {
      refs.addFirst(abort.ref("httpStatus"));
      filters.add(new HttpFilter.Abort(http, "", percent.orElseThrow()), refs);
    } else if (percent.isPresent() && !grpc.isEmpty()) {
      refs.addFirst(abort.ref("grpcStatus"));
      filters.add(new HttpFilter.Abort(OptionalInt.empty(), grpc, percent.orElseThrow()), refs);
    } else if (grpc.isEmpty() && !abort.has("http2Error") && !abort.has("httpStatus")) {
      abort.error("httpStatus", "is missing, and so is grpcStatus");
    }
  }

  /** The share of the requests that is hit; empty if it is wrong, which is told. */
  private static Optional<BigDecimal> percentOf(TracedFields fault, List<FieldRef> refs) {
    var percentage = fault.object("percentage");
    if (percentage.has("value")) {
      fault.drop("percent", "stands beside percentage, which Istio takes", "");
      refs.add(percentage.ref("value"));
      return percentage.decimal("value", 0, WHOLE);
    }
    if (fault.has("percent")) {
      refs.add(fault.ref("percent"));
      return fault.integer("percent", 0, WHOLE).stream().mapToObj(Percent::of).findFirst();
    }
    fault
        .trace()
        .warn(percentage.pathOf("value"), "is missing, so that Istio injects no fault at all");
    return Optional.of(BigDecimal.ZERO);
  }
}
