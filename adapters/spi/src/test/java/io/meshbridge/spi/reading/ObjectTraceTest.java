package io.meshbridge.spi.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObjectTraceTest {
  private final ObjectTrace trace =
      new ObjectTrace("Route shop/web", path -> new Location("web.yaml", path.length()));

  @Test
  void tellsEachLeafThatNobodyAskedFor() {
    var spec =
        trace.read(Map.of("known", 1, "typo", Map.of("a", 1, "b", List.of("x", Map.of()))), "spec");
    spec.integer("known", 0, 9);

    assertThat(trace.losses())
        .extracting(Loss::path)
        .containsExactlyInAnyOrder("spec.typo.a", "spec.typo.b[0]", "spec.typo.b[1]");
    assertThat(trace.losses())
        .allSatisfy(loss -> assertThat(loss.location().line()).isEqualTo(loss.path().length()));
  }

  @Test
  void isContentOnceEverythingWasRead() {
    var spec =
        trace.read(
            Map.of("name", "x", "labels", Map.of("a", "b"), "list", List.of(1), "empty", Map.of()),
            "");
    spec.text("name");
    spec.textMap("labels");
    spec.texts("list");
    spec.object("empty");

    assertThat(trace.losses()).isEmpty();
    assertThat(trace.faults()).isEmpty();
  }

  @Test
  void tellsEveryLeafOfWhatIsDropped() {
    var spec = trace.read(Map.of("mirror", Map.of("host", "b", "port", 1)), "spec");

    spec.drop("mirror", "there is no word for it", "do without");
    spec.drop("absent", "nobody says so", "");

    assertThat(trace.losses())
        .extracting(Loss::path, Loss::reason)
        .containsExactlyInAnyOrder(
            tuple("spec.mirror.host", "there is no word for it"),
            tuple("spec.mirror.port", "there is no word for it"));
  }

  @Test
  void tellsAWrongValueOnceAndAsAFault() {
    var spec = trace.read(Map.of("timeout", "5", "weight", "many", "flag", "yes"), "spec");

    assertThat(spec.duration("timeout")).isEmpty();
    assertThat(spec.integer("weight", 0, 100)).isEmpty();
    assertThat(spec.flag("flag")).isEmpty();

    assertThat(trace.faults())
        .extracting(Diagnostic::path)
        .containsExactly("spec.timeout", "spec.weight", "spec.flag");
    assertThat(trace.losses()).isEmpty();
  }

  @Test
  void findsAFieldUnderEachOfItsSpellings() {
    var consul =
        new ObjectTrace(
            "service-router web",
            path -> Location.of("web.json"),
            name -> name.replace("_", "").toLowerCase(Locale.ROOT));
    var entry = consul.read(Map.of("path_prefix", "/a"), "");

    assertThat(entry.text("PathPrefix")).contains("/a");
    assertThat(entry.ref("PathPrefix").path()).isEqualTo("path_prefix");
    assertThat(consul.losses()).isEmpty();
  }
}
