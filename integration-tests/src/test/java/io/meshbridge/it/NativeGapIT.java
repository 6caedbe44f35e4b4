package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meshbridge.it.nativegap.Exemptions;
import io.meshbridge.it.nativegap.Gaps;
import io.meshbridge.it.nativegap.NativeSources;
import io.meshbridge.it.nativegap.RecorderJar;
import io.meshbridge.it.nativegap.Recording;
import io.meshbridge.it.nativegap.Removal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A native executable finds by name only what was registered when it was built. Here a bridge on a
 * JVM writes down what it finds, and that is held against what Quarkus would hand to native-image:
 * gaps show without any native-image.
 */
final class NativeGapIT {
  private static final Exemptions EXEMPTIONS = Exemptions.read();

  private static Recording recording;
  private static NativeSources sources;

  @BeforeAll
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
  static void record(@TempDir Path secrets) throws Exception {
    assumeTrue(
        Federation.application().toString().endsWith(".jar"),
        "what an executable has found cannot be written down");
    sources = NativeSources.in(Path.of(System.getProperty("meshbridge.it.native-sources", "")));
    var folder = Federation.workFolder("calls");
    RecorderJar.write(folder.resolve(CallRecording.RECORDER));
    new EveryPart(secrets, new CallRecording(Optional.of(folder))).work();
    recording = Recording.in(folder);
    var ofAll = CallRecording.ofAll().folder().filter(Files::isDirectory);
    if (ofAll.isPresent()) {
      recording = recording.and(Recording.in(ofAll.get()));
    }
  }

  @Test
  void whatBridgesFindByNameIsRegisteredForAnExecutable() {
    assertThat(Gaps.between(recording, sources, EXEMPTIONS).all())
        .as("register these, or say in exemptions.txt why not; see docs/images.md")
        .isEmpty();
  }

  @Test
  void noExemptionIsWithoutUse() {
    assertThat(Gaps.between(recording, sources, EXEMPTIONS).unused()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // The Consul client.
        "proxy com\\.orbitz\\.consul\\..*\\$Api",
        // fabric8 and its models.
        "use constructor io\\.fabric8\\.kubernetes\\.api\\.model\\..*",
        // Records that cross JSON, in the log and at the door.
        "use constructor io\\.meshbridge\\.model\\.traffic\\..*",
        "use field io\\.meshbridge\\.model\\.traffic\\..*",
        "use method io\\.meshbridge\\.api\\..*View.*",
        // Kafka and what it is configured with, TLS and passwords.
        "class io\\.meshbridge\\.log\\.RotatingSslEngineFactory",
        "class io\\.meshbridge\\.log\\.FileCredentials",
        "class org\\.apache\\.kafka\\.common\\.serialization\\..*",
        // Commands.
        "use field io\\.meshbridge\\.cli\\..*",
        // Resources and services.
        "resource .*",
        "service .*"
      })
  void aRegistrationThatIsTakenAwayIsMissed(String what) {
    var removal = Removal.ofFirst(Pattern.compile(what), recording, sources, EXEMPTIONS);

    assertThat(removal.gaps()).contains(removal.access());
  }
}
