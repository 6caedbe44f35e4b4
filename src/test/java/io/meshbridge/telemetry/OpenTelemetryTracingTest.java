package io.meshbridge.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.tracing.ImportTracing;
import io.meshbridge.tracing.TraceParent;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class OpenTelemetryTracingTest {
  private static final ServiceKey WEB = new ServiceKey(new MeshId("east"), "shop", "web");
  private static final Instant OBSERVED = Instant.parse("2026-11-22T10:00:00Z");
  private static final String TOPIC = "meshbridge.demo.mesh.east";

  private final List<SpanData> spans = new CopyOnWriteArrayList<>();
  private final OpenTelemetryTracing tracing =
      new OpenTelemetryTracing(
          SdkTracerProvider.builder()
              .addSpanProcessor(SimpleSpanProcessor.create(new Keeping()))
              .build()
              .get("test"));
  private final ImportTracing west = tracing.importsInto(new MeshId("west"));

  @Test
  void oneChangeIsOneChainFromItsObservationToItsWrite() {
    fold(publish());
    turn("apply", "written");

    assertThat(spans)
        .extracting(SpanData::getName)
        .containsExactly("observe", "publish", "fold", "plan", "apply");
    assertThat(spans).extracting(SpanData::getTraceId).containsOnly(spans.getFirst().getTraceId());
    for (int i = 1; i < spans.size(); i++) {
      assertThat(spans.get(i).getParentSpanId()).isEqualTo(spans.get(i - 1).getSpanId());
    }
    assertThat(spans.getFirst().getStartEpochNanos())
        .isEqualTo(OBSERVED.getEpochSecond() * 1_000_000_000L);
    assertThat(spans.getLast().getAttributes().get(Words.TARGET)).isEqualTo("west");
    assertThat(spans.getLast().getAttributes().get(Words.OUTCOME)).isEqualTo("written");
  }

  @Test
  void aRetryGoesOnInTheSameTrace() {
    fold(publish());
    turn("apply", "retried");
    turn("apply", "written");
    turn("apply", "unchanged");

    assertThat(named("apply"))
        .extracting(span -> span.getAttributes().get(Words.OUTCOME))
        .containsExactly("retried", "written");
    assertThat(named("apply")).extracting(SpanData::getTraceId).containsOnly(traceOf("observe"));
    assertThat(named("apply").getFirst().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
  }

  @Test
  void aTurnOfWhichNothingIsReportedWaits() {
    fold(publish());
    west.begins(WEB);
    west.decided(WEB, "remove");
    west.ends(WEB);
    turn("remove", "removed");

    assertThat(named("apply"))
        .extracting(span -> span.getAttributes().get(Words.OUTCOME))
        .containsExactly("waits", "removed");
  }

  @Test
  void changesThatAreWrittenTogetherGoOnInTheNewestAndLinkTheOthers() {
    fold(publish());
    fold(publish());
    turn("apply", "written");

    var plan = named("plan").getFirst();
    assertThat(plan.getParentSpanId()).isEqualTo(named("fold").getLast().getSpanId());
    assertThat(plan.getLinks())
        .extracting(LinkData::getSpanContext)
        .containsExactly(named("fold").getFirst().getSpanContext());
  }

  @Test
  void changesThatAreReadTogetherAreFoldedOnce() {
    var older = publish();
    var newer = publish();
    tracing.folding(TOPIC, Map.of(WEB, List.of(older, newer)), () -> west.touched(WEB));

    assertThat(named("fold")).hasSize(1);
    assertThat(named("fold").getFirst().getParentSpanId()).isEqualTo(newer.spanId());
    assertThat(named("fold").getFirst().getLinks())
        .extracting(link -> link.getSpanContext().getSpanId())
        .containsExactly(older.spanId());
  }

  @Test
  void whatNoImportIsTouchedByAndWhatNoChangeHasCausedMakesNoSpan() {
    tracing.folding(TOPIC, Map.of(WEB, List.of(publish())), () -> {});
    west.touched(WEB);
    turn("apply", "written");

    assertThat(spans).extracting(SpanData::getName).containsExactly("observe", "publish");
  }

  @Test
  void aPublicationThatFailedSaysSo() {
    tracing.publishing(TOPIC, WEB, OBSERVED).failed();

    assertThat(named("publish").getFirst().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
  }

  private TraceParent publish() {
    var publishing = tracing.publishing(TOPIC, WEB, OBSERVED);
    publishing.stands();
    return publishing.parent().orElseThrow();
  }

  private void fold(TraceParent parent) {
    tracing.folding(TOPIC, Map.of(WEB, List.of(parent)), () -> west.touched(WEB));
  }

  private void turn(String decision, String outcome) {
    west.begins(WEB);
    west.decided(WEB, decision);
    west.worked(WEB, outcome);
    west.ends(WEB);
  }

  private List<SpanData> named(String name) {
    return spans.stream().filter(span -> span.getName().equals(name)).toList();
  }

  private String traceOf(String name) {
    return named(name).getFirst().getTraceId();
  }

  /** Takes each span when it ends. */
  private final class Keeping implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> ended) {
      spans.addAll(ended);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
