package io.meshbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.api.ShownFederation;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ShownFederation.class)
class ReferenceIsCurrentTest {
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  @Inject Adapters adapters;

  @Test
  void describesEverySettingThatThereIs() throws IOException {
    assertThat(Files.readString(PAGE))
        .as("stale: run ./meshbridge docs > docs/configuration.md")
        .isEqualTo(new Reference(adapters.known()).markdown());
  }
}
