package io.meshbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.api.ShownFederation;
import io.meshbridge.config.Adapters;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** An adapter that is not indexed disappears without a word; here it is missed. */
@QuarkusTest
@TestProfile(ShownFederation.class)
class AdapterDiscoveryTest {
  @Inject Adapters adapters;

  @Test
  void findsEveryAdapterAndNoOther() {
    assertThat(adapters.kinds()).containsExactly("consul", "istio", "linkerd");
  }

  @Test
  void findsTheFilesBackend() {
    assertThat(adapters.known().files()).isNotEmpty();
  }
}
