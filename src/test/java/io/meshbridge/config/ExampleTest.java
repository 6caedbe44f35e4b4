package io.meshbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.api.ShownFederation;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ShownFederation.class)
class ExampleTest {
  private static final Path ROOT = Path.of("..");

  @Inject Adapters adapters;

  @Test
  void isAValidConfigurationWhoseFoldersExist() {
    var sources = ConfigFiles.load(List.of(ROOT.resolve("examples/three-meshes.yaml")));
    var config = new SmallRyeConfigBuilder().addDefaultInterceptors().withSources(sources).build();

    var bridge = new ConfigLoader(adapters.known(), "test").load(config);

    assertThat(bridge.meshes())
        .extracting(mesh -> mesh.mesh().id() + "=" + mesh.mesh().kind())
        .containsExactly("dc1=consul", "east=istio", "north=linkerd");
    assertThat(bridge.meshes())
        .allSatisfy(
            mesh ->
                assertThat(mesh.settings().path("path"))
                    .hasValueSatisfying(
                        folder -> assertThat(Files.isDirectory(ROOT.resolve(folder))).isTrue()));
  }
}
