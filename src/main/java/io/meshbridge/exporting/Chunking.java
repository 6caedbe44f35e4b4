package io.meshbridge.exporting;

import io.meshbridge.model.ContentHash;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Divides a service's endpoints into chunks, so that one change of one endpoint does not send all
 * of them again. An endpoint's chunk follows from a hash of its place alone. The number of chunks
 * is a power of two and changes late, so that a service that breathes does not move its endpoints.
 */
final class Chunking {
  private static final int AIM = 100;
  private static final int GROW_ABOVE = 160;
  private static final int SHRINK_BELOW = 40;

  private Chunking() {}

  /**
   * How many chunks a service shall have.
   *
   * @param now how many it has; 0 if none yet
   * @param endpoints how many endpoints there are
   */
  static int chunks(int now, int endpoints) {
    int chunks = Math.max(1, Integer.highestOneBit(Math.max(1, now)));
    if (now == 0) {
      while (endpoints > chunks * AIM) {
        chunks *= 2;
      }
      return chunks;
    }
    while (endpoints > chunks * GROW_ABOVE) {
      chunks *= 2;
    }
    while (chunks > 1 && endpoints < chunks * SHRINK_BELOW) {
      chunks /= 2;
    }
    return chunks;
  }

  /** The endpoints by chunk, from chunk 0; every chunk is there, also if it is empty. */
  static List<EndpointList> divide(EndpointList endpoints, int chunks) {
    var byChunk =
        endpoints.endpoints().stream()
            .collect(Collectors.groupingBy(endpoint -> chunkOf(endpoint, chunks)));
    return IntStream.range(0, chunks)
        .mapToObj(chunk -> EndpointList.of(byChunk.getOrDefault(chunk, List.of())))
        .toList();
  }

  private static int chunkOf(Endpoint endpoint, int chunks) {
    if (chunks == 1) {
      return 0;
    }
    var hash = ContentHash.shortOf(List.of(endpoint.address(), endpoint.ports()), 7);
    return Integer.parseInt(hash, 16) & (chunks - 1);
  }
}
