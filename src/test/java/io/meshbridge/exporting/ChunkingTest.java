package io.meshbridge.exporting;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Health;
import io.meshbridge.testkit.Samples;
import io.meshbridge.testkit.SeededRuns;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkingTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, 1", "0, 100, 1", "0, 101, 2", "0, 5000, 64",
    "1, 160, 1", "1, 161, 2", "2, 80, 2", "2, 79, 1",
    "4, 0, 1", "4, 641, 8", "3, 200, 2", "8, 320, 8"
  })
  void growsAndShrinksLate(int now, int endpoints, int chunks) {
    assertThat(Chunking.chunks(now, endpoints)).isEqualTo(chunks);
  }

  @Test
  void aServiceThatBreathesKeepsItsChunks() {
    int chunks = Chunking.chunks(0, 300);

    for (int endpoints = 200; endpoints <= 400; endpoints++) {
      assertThat(Chunking.chunks(chunks, endpoints)).isEqualTo(chunks);
    }
  }

  @Test
  void aServiceWithoutEndpointsHasOneEmptyChunk() {
    assertThat(Chunking.divide(EndpointList.EMPTY, 1)).containsExactly(EndpointList.EMPTY);
  }

  @TestFactory
  Stream<DynamicTest> everyEndpointIsInExactlyOneChunkWhereItStaysWhateverTheOthersDo() {
    return SeededRuns.of(50)
        .check(
            random -> {
              int chunks = 1 << random.nextInt(6);
              var all = endpoints(random.nextInt(1, 400));
              var some =
                  EndpointList.of(
                      all.endpoints().stream()
                          .filter(endpoint -> random.nextInt(3) > 0)
                          .map(endpoint -> endpoint.withHealth(Health.NOT_READY))
                          .toList());

              var divided = Chunking.divide(all, chunks);
              var less = Chunking.divide(some, chunks);

              assertThat(divided).hasSize(chunks);
              assertThat(EndpointList.of(flat(divided))).isEqualTo(all);
              assertThat(flat(divided)).hasSize(all.size());
              for (int i = 0; i < chunks; i++) {
                assertThat(addresses(less.get(i))).isSubsetOf(addresses(divided.get(i)));
              }
            });
  }

  @TestFactory
  Stream<DynamicTest> splittingMovesEndpointsOnlyIntoTheNewHalf() {
    return SeededRuns.of(30)
        .check(
            random -> {
              int chunks = 1 << random.nextInt(5);
              var all = endpoints(random.nextInt(1, 400));

              var before = Chunking.divide(all, chunks);
              var after = Chunking.divide(all, chunks * 2);

              for (int i = 0; i < chunks; i++) {
                var both = new ArrayList<>(after.get(i).endpoints());
                both.addAll(after.get(i + chunks).endpoints());
                assertThat(EndpointList.of(both)).isEqualTo(before.get(i));
              }
            });
  }

  private static EndpointList endpoints(int number) {
    return Samples.endpoints(
        IntStream.range(0, number)
            .mapToObj(i -> "10.0." + i / 250 + "." + i % 250)
            .toArray(String[]::new));
  }

  private static List<Endpoint> flat(List<EndpointList> chunks) {
    return chunks.stream().flatMap(chunk -> chunk.endpoints().stream()).toList();
  }

  private static HashSet<String> addresses(EndpointList endpoints) {
    return new HashSet<>(endpoints.endpoints().stream().map(Endpoint::address).toList());
  }
}
