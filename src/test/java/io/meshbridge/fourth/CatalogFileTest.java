package io.meshbridge.fourth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshbridge.spi.WritePermit;
import io.meshbridge.testkit.Samples;
import java.io.EOFException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogFileTest {
  @Test
  void leavesTheFileAsItIsWhenNothingChanged() throws Exception {
    try (var rig = new CatalogRig()) {
      rig.clear();
      var web = Samples.importOf(Samples.key("away", "shop", "web"), "10.3.0.1");
      try (var connection = rig.connect()) {
        connection.sink().start(service -> {});
        connection.sink().apply(web, WritePermit.ALWAYS);
        var before = rig.identity();

        connection.sink().apply(web, WritePermit.ALWAYS);

        assertThat(rig.identity()).isEqualTo(before);
      }
    }
  }

  @Test
  void doesNotReadAFileThatSomebodyIsStillWriting(@TempDir Path folder) throws Exception {
    var path = folder.resolve("names");
    Files.writeString(path, "web 10.1.0.1 80 export\n");

    assertThatThrownBy(() -> new CatalogFile(path).read()).isInstanceOf(EOFException.class);
  }
}
