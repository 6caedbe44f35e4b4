package io.meshbridge.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Export;
import io.meshbridge.model.Import;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.Marks;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.Reading;
import io.meshbridge.spi.Translation;
import io.meshbridge.spi.Translator;
import io.meshbridge.testkit.ModelGenerators;
import io.meshbridge.testkit.Samples;
import io.meshbridge.testkit.SeededRuns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What every translator keeps to, whatever the mesh. An import is written, the marks of ownership
 * are taken off so that the documents look like somebody's own, and these are read: what does not
 * come back must have been told as lost. Extend it and name what the make holds.
 */
public abstract class TranslatorContract {
  private static final int RUNS = 300;
  private static final ServiceKey SERVICE = Samples.key("away", "shop", "web");

  /** For subclasses. */
  protected TranslatorContract() {}

  /** The make's translator. */
  protected abstract Translator translator();

  /** What the make holds. */
  protected abstract HeldFields held();

  /**
   * A name that an import can have in the make.
   *
   * @param label a DNS label
   */
  protected abstract String importName(String label);

  @TestFactory
  Stream<DynamicTest> readsBackWhatItHoldsAndLosesNothingOfIt() {
    return SeededRuns.of(RUNS)
        .check(
            random -> {
              var wanted = new HeldImports(random).within(held(), SERVICE, importName("web-away"));

              var written = (Translation.Written) write(wanted);

              assertThat(written.losses()).isEmpty();
              assertThat(RoundTrip.differences(wanted, readBack(written)))
                  .as("what did not come back of %s", wanted)
                  .allSatisfy(d -> assertThat(held().holds(d.field())).as(d.text()).isFalse());
            });
  }

  @TestFactory
  Stream<DynamicTest> saysOfEverythingThatDoesNotComeBackThatItIsLost() {
    return SeededRuns.of(RUNS)
        .check(
            random -> {
              var key = new ModelGenerators(random).serviceKey();
              var wanted = new HeldImports(random).whatever(key, this::importName);

              switch (write(wanted)) {
                case Translation.Refused refused -> assertRefused(refused.losses());
                case Translation.Written written ->
                    assertThat(RoundTrip.differences(wanted, readBack(written)))
                        .filteredOn(difference -> !difference.isToldBy(written.losses()))
                        .as("what is lost and not told, beside %s", written.losses())
                        .isEmpty();
              }
            });
  }

  @TestFactory
  Stream<DynamicTest> inventsNoEndpointAndOpensNoDoor() {
    return SeededRuns.of(RUNS)
        .check(
            random -> {
              var key = new ModelGenerators(random).serviceKey();
              var wanted = new HeldImports(random).whatever(key, this::importName);
              var addresses = wanted.endpoints().endpoints().stream().map(e -> e.address());

              if (write(wanted) instanceof Translation.Written written) {
                assertThat(
                        readBack(written).stream()
                            .flatMap(offer -> offer.endpoints().endpoints().stream())
                            .map(endpoint -> endpoint.address()))
                    .isSubsetOf(addresses.toList());
              }
              assertThat(write(guarded(wanted)))
                  .isInstanceOfSatisfying(
                      Translation.Refused.class, refused -> assertRefused(refused.losses()));
            });
  }

  @TestFactory
  Stream<DynamicTest> marksEveryDocumentAndWritesEqualImportsEqually() {
    return SeededRuns.of(RUNS)
        .check(
            random -> {
              var any = new ModelGenerators(random);
              var wanted = new HeldImports(random).whatever(any.serviceKey(), this::importName);
              var shuffled =
                  new Import(
                      wanted.name(),
                      wanted.export(),
                      EndpointList.of(any.shuffled(wanted.endpoints().endpoints())),
                      wanted.origin());

              var first = write(wanted);

              assertThat(write(shuffled)).isEqualTo(first);
              if (first instanceof Translation.Written written) {
                assertThat(written.documents())
                    .extracting(NativeDocument::name)
                    .doesNotHaveDuplicates();
                assertThat(written.documents())
                    .allSatisfy(
                        document ->
                            assertThat(translator().ownership(documentOf(document.content())))
                                .hasValueSatisfying(
                                    mark -> {
                                      assertThat(mark.federation()).isEqualTo(Samples.FEDERATION);
                                      assertThat(mark.target()).isEqualTo(here().id());
                                      assertThat(mark.service()).isEqualTo(wanted.service());
                                      assertThat(mark.path()).isEqualTo(wanted.export().path());
                                    }));
              }
            });
  }

  private Translation write(Import wanted) {
    return translator()
        .write(wanted, new Translator.WriteContext(Samples.FEDERATION, here().id(), ""));
  }

  private static MeshDescriptor here() {
    return Samples.mesh("here");
  }

  private List<Offer> readBack(Translation.Written written) {
    var documents =
        written.documents().stream().map(d -> documentOf(withoutMarks(d.content()))).toList();
    Reading reading = translator().read(documents, here(), Translator.Selection.ALL);
    return reading.offers();
  }

  private static void assertRefused(List<Loss> losses) {
    assertThat(losses).extracting(Loss::outcome).contains(Loss.Outcome.REFUSED);
  }

  private static Import guarded(Import open) {
    var export = open.export();
    return new Import(
        open.name(),
        new Export(
            export.key(),
            export.ports(),
            export.labels(),
            export.hostnames(),
            export.firstSeen(),
            export.path(),
            AccessPolicy.meshIdentityRequired("its mesh admits nobody else")),
        open.endpoints(),
        open.origin());
  }

  private static Document documentOf(Map<String, Object> content) {
    return new Document(Location.of("written"), content, Map.of());
  }

  private static Map<String, Object> withoutMarks(Map<?, ?> marked) {
    var bare = new LinkedHashMap<String, Object>();
    marked.forEach(
        (key, value) -> {
          if (!Marks.isMark(String.valueOf(key))) {
            bare.put(String.valueOf(key), withoutMarks(value));
          }
        });
    return bare;
  }

  private static Object withoutMarks(Object value) {
    return switch (value) {
      case Map<?, ?> map -> withoutMarks(map);
      case List<?> list -> {
        var bare = new ArrayList<Object>();
        list.forEach(element -> bare.add(withoutMarks(element)));
        yield bare;
      }
      default -> value;
    };
  }
}
