package io.meshbridge.adapter.consul;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

class CarriersTest {
  private final Carriers carriers = new Carriers(2, OkHttpClient.Builder::new);

  @Test
  void fillsOneConnectionBeforeItOpensAnother() throws Exception {
    var first = take(Carriers.PLACES);
    var second = take(1);

    assertThat(clients(first)).hasSize(1);
    assertThat(clients(second)).doesNotContainAnyElementsOf(clients(first));
  }

  @Test
  void givesAPlaceAgainThatWasLeft() throws Exception {
    var first = take(Carriers.PLACES);
    take(Carriers.PLACES);

    first.getFirst().close();

    assertThat(clients(take(1))).isEqualTo(clients(first));
  }

  private List<Carriers.Place> take(int count) throws InterruptedException {
    var places = new ArrayList<Carriers.Place>();
    for (int i = 0; i < count; i++) {
      places.add(carriers.take());
    }
    return places;
  }

  private static List<OkHttpClient> clients(List<Carriers.Place> places) {
    return places.stream().map(Carriers.Place::client).distinct().toList();
  }
}
