package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * How soon a bridge answers and how much memory it takes: as a JVM by itself, as a JVM that starts
 * from an archive, and as an executable where the tests run against one.
 */
@Isolated("it measures")
final class StartUpIT {
  @RegisterExtension private static final BrokerExtension KAFKA = new BrokerExtension();

  private static final int STARTS = 3;

  @Test
  void anArchiveAndMoreSoAnExecutableLetABridgeStartSooner() throws Exception {
    try (var federation = Federation.ofFolders(KAFKA.broker(), "start-up")) {
      federation.put(federation.east(), Shop.of("reviews", 9080, "10.1.0.1"));
      var jvm = federation.bridge("jvm").with(Path.of(System.getProperty("meshbridge.it.jar", "")));
      var alone = measured("a JVM by itself", jvm, List.of());

      var archive = StartArchive.ofBridges();
      if (archive.file().filter(Files::isRegularFile).isPresent()) {
        var archived = measured("a JVM from an archive", jvm, archive.flags());
        assertThat(archived.live()).isLessThan(alone.live());
      }
      if (ApplicationCommand.isExecutable(Federation.application())) {
        var executable = measured("an executable", federation.bridge("executable"), List.of());
        assertThat(executable.live()).isLessThan(alone.live());
        assertThat(executable.megabytes()).isLessThan(alone.megabytes());
      }
    }
  }

  private static StartUp measured(String what, BridgeProcess.Spec spec, List<String> flags)
      throws IOException, InterruptedException {
    var starts = new ArrayList<StartUp>();
    for (int start = 0; start < STARTS; start++) {
      starts.add(StartUp.of(spec, flags));
    }
    var fastest = StartUp.fastest(starts);
    Figures.print("start-up of " + what, fastest);
    return fastest;
  }
}
