package io.meshbridge.adapter.consul;

import io.meshbridge.spi.InvalidSettingsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * What stands in the files now: they are looked at for every handshake, and read again if they are
 * other ones. Files that cannot be used, such as a key whose certificate is not there yet, change
 * nothing.
 */
final class ChangingTls {
  private static final Logger LOG = Logger.getLogger(ChangingTls.class);

  private final ConsulSettings settings;
  private Map<Path, ByteBuffer> seen;
  private TlsMaterial material;

  /**
   * Reads them for the first time.
   *
   * @throws InvalidSettingsException naming the file that cannot be used
   */
  ChangingTls(ConsulSettings settings) {
    this.settings = settings;
    this.material = TlsMaterial.read(settings);
    this.seen = Map.of();
  }

  synchronized TlsMaterial now() {
    try {
      var contents = contents();
      if (!contents.equals(seen)) {
        seen = contents;
        material = TlsMaterial.read(settings);
      }
    } catch (IOException | InvalidSettingsException unusable) {
      LOG.warnf(
          "certificates for Consul cannot be renewed, the former are kept url=%s reason=%s",
          settings.url(), unusable.getMessage());
    }
    return material;
  }

  private Map<Path, ByteBuffer> contents() throws IOException {
    var contents = new HashMap<Path, ByteBuffer>();
    var files =
        Stream.of(settings.caFile(), settings.certFile(), settings.keyFile())
            .flatMap(Optional::stream)
            .toList();
    for (Path file : files) {
      contents.put(file, ByteBuffer.wrap(Files.readAllBytes(file)));
    }
    return contents;
  }
}
