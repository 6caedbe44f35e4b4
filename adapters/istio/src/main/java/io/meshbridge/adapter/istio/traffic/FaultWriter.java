package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.spi.reading.Durations;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Says the injection of faults, of each kind one. Not for several threads. */
final class FaultWriter {
  private static final String TWICE = "a rule of Istio injects one such fault, and has one before";
  private static final String BESIDE = "a rule of Istio cannot both fail and answer itself";

  private final RulePart part;
  private Optional<Said<HttpFilter.Delay>> delay = Optional.empty();
  private Optional<Said<HttpFilter.Abort>> abort = Optional.empty();

  /** A fault, and where it stands in the rule. */
  private record Said<T>(T fault, String field) {}

  FaultWriter(RulePart part) {
    this.part = part;
  }

  void take(HttpFilter.Delay other, String field) {
    if (delay.isPresent()) {
      part.dropped(field, TWICE);
    } else {
      delay = Optional.of(new Said<>(other, field));
    }
  }

  void take(HttpFilter.Abort other, String field) {
    if (abort.isPresent()) {
      part.dropped(field, TWICE);
    } else {
      abort = Optional.of(new Said<>(other, field));
    }
  }

  /** What a rule without backends answers because a fault hits every request. */
  Optional<HttpFilter.DirectResponse> certainAnswer() {
    return abort
        .map(Said::fault)
        .filter(Forbidding::isCertain)
        .filter(fault -> fault.httpStatus().isPresent())
        .map(fault -> new HttpFilter.DirectResponse(fault.httpStatus().getAsInt(), ""));
  }

  /** Tells what becomes of the faults of a rule that answers itself. */
  void tellBesideAnswer() {
    delay.ifPresent(said -> part.dropped(said.field(), BESIDE));
    abort.ifPresent(
        said -> {
          if (Forbidding.isCertain(said.fault())) {
            part.unsayable(said.field(), BESIDE, "");
          } else {
            part.dropped(said.field(), BESIDE);
          }
        });
  }

  /** The field {@code fault}; empty if there is none. */
  Map<String, Object> fields() {
    var fields = new LinkedHashMap<String, Object>();
    delay
        .map(Said::fault)
        .filter(fault -> fault.delay().isPositive())
        .ifPresent(fault -> fields.put("delay", delayOf(fault)));
    abort.map(Said::fault).ifPresent(fault -> fields.put("abort", abortOf(fault)));
    return fields;
  }

  private static Map<String, Object> delayOf(HttpFilter.Delay fault) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("fixedDelay", Durations.inUnits(fault.delay()));
    fields.put("percentage", Numbers.percentage(fault.percent()));
    return fields;
  }

  private static Map<String, Object> abortOf(HttpFilter.Abort fault) {
    var fields = new LinkedHashMap<String, Object>();
    if (fault.httpStatus().isPresent()) {
      fields.put("httpStatus", fault.httpStatus().getAsInt());
    } else {
      fields.put("grpcStatus", fault.grpcStatus());
    }
    fields.put("percentage", Numbers.percentage(fault.percent()));
    return fields;
  }
}
