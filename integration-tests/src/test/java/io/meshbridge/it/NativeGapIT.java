package io.meshbridge.it;

import io.meshbridge.it.nativegap.RecorderJar;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a native executable of the bridge would not find by name. */
final class NativeGapIT {
  @TempDir private Path secrets;

  @Test
  void all() throws Exception {
    var folder = Federation.workFolder("calls");
    RecorderJar.write(folder.resolve(CallRecording.RECORDER));
    new EveryPart(secrets, new CallRecording(Optional.of(folder))).work();
    System.out.println(folder);
  }
}
