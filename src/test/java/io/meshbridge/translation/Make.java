package io.meshbridge.translation;

import io.meshbridge.adapter.consul.ConsulAdapter;
import io.meshbridge.adapter.istio.IstioAdapter;
import io.meshbridge.adapter.linkerd.LinkerdAdapter;
import io.meshbridge.spi.MeshAdapter;
import io.meshbridge.testkit.reference.ConsulReference;
import io.meshbridge.testkit.reference.IstioReference;
import io.meshbridge.testkit.reference.LinkerdReference;
import io.meshbridge.testkit.reference.MeshReference;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** A make of mesh: how it is written, how it is translated, and what it really does. */
enum Make {
  ISTIO(IstioRendering.HOST),
  LINKERD("web.shop"),
  CONSUL("web");

  private final String home;

  Make(String home) {
    this.home = home;
  }

  /** What clients at home call the service of a sketch. */
  String home() {
    return home;
  }

  MeshAdapter adapter() {
    return switch (this) {
      case ISTIO -> new IstioAdapter();
      case LINKERD -> new LinkerdAdapter();
      case CONSUL -> new ConsulAdapter();
    };
  }

  MeshReference reference(List<Map<String, Object>> documents) {
    return switch (this) {
      case ISTIO -> IstioReference.of(documents);
      case LINKERD -> LinkerdReference.of(documents);
      case CONSUL -> ConsulReference.of(documents);
    };
  }

  /**
   * A sketch in its words.
   *
   * @param more may add to each rule; then versions are parts of the service, too
   */
  List<Map<String, Object>> written(
      Sketch sketch, BiConsumer<Sketch.Rule, Map<String, Object>> more) {
    return written(sketch, true, more);
  }

  /** The same, without anything that a sketch does not say. */
  List<Map<String, Object>> written(Sketch sketch) {
    return written(sketch, false, (rule, content) -> {});
  }

  private List<Map<String, Object>> written(
      Sketch sketch, boolean subsets, BiConsumer<Sketch.Rule, Map<String, Object>> more) {
    return switch (this) {
      case ISTIO -> IstioRendering.of(sketch, subsets, more);
      case LINKERD -> LinkerdRendering.of(sketch, more);
      case CONSUL -> ConsulRendering.of(sketch, subsets, more);
    };
  }

  /** All ways from one make to another, or to another mesh of the same. */
  static Stream<Way> ways() {
    return Stream.of(values()).flatMap(from -> Stream.of(values()).map(to -> new Way(from, to)));
  }

  /** From one mesh to another. */
  record Way(Make from, Make to) {
    @Override
    public String toString() {
      return from.adapter().kind() + " to " + to.adapter().kind();
    }
  }
}
