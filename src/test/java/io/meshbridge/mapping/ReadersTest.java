package io.meshbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.traffic.DestinationPolicy;
import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.L4Rule;
import io.meshbridge.model.traffic.Listener;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.Subset;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.Translator.Selection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Whoever reads a leaf remembers where it stood, or tells that it is lost: else a writer that
 * cannot say it could not name it.
 */
class ReadersTest {
  /**
   * What says whose policy it is, or what its ports speak: that is no part of a policy, so no
   * writer can lose it.
   */
  private static final Pattern WHOSE =
      Pattern.compile(
          "spec\\.(hosts\\[\\]|host|gateways\\[\\]|service|parentRefs\\[\\]\\..*)"
              + "|spec\\.http\\[\\]\\.delegate\\..*"
              + "|Name|Namespace|Partition|Protocol|Config\\{protocol\\}");

  @TestFactory
  Stream<DynamicTest> knowWhereEverythingWasRead() {
    return Arrays.stream(MeshKind.values())
        .map(
            mesh ->
                DynamicTest.dynamicTest(
                    mesh.word(),
                    () ->
                        assertThat(forgotten(mesh))
                            .as("neither among the sources of a policy nor among the losses")
                            .isEmpty()));
  }

  private static List<String> forgotten(MeshKind mesh) throws IOException {
    var world = World.of(mesh);
    var origin = new MeshDescriptor(new MeshId("home"), mesh.word(), "", "", "");
    var translator = mesh.adapter().translator();
    var forgotten = new ArrayList<String>();
    for (PolicyKind kind : mesh.policies()) {
      for (Sample sample : SampleBook.of(kind).samples(LeafList.of(kind))) {
        var path = sample.leaf().path().toString();
        var reading = translator.read(sample.documentsWith(world), origin, Selection.ALL);
        if (!WHOSE.matcher(path).matches()
            && reading.offers().stream().flatMap(ReadersTest::known).noneMatch(sample::isAt)) {
          forgotten.add(kind.id() + " " + path);
        }
      }
    }
    return forgotten;
  }

  /** The paths of all fields that were read or lost. */
  private static Stream<String> known(Offer offer) {
    return Stream.concat(
        offer.losses().stream().map(Loss::path),
        Stream.concat(sources(offer.traffic()), listeners(offer))
            .flatMap(sources -> sources.fields().values().stream())
            .flatMap(List::stream)
            .map(FieldRef::path));
  }

  private static Stream<Sources> listeners(Offer offer) {
    return offer.ingress().stream()
        .flatMap(ingress -> ingress.listeners().stream())
        .map(Listener::sources);
  }

  private static Stream<Sources> sources(TrafficPolicy policy) {
    return Stream.of(
            policy.http().stream().map(HttpRule::sources),
            policy.l4().stream().map(L4Rule::sources),
            policy.subsets().stream().map(Subset::sources),
            policy.subsets().stream().map(Subset::policy).map(DestinationPolicy::sources),
            policy.ports().values().stream().map(DestinationPolicy::sources),
            Stream.of(policy.destination().sources()))
        .flatMap(stream -> stream);
  }
}
