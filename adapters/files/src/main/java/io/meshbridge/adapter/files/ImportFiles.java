package io.meshbridge.adapter.files;

import io.meshbridge.model.NameSyntax;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Translator.FileFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the files of imports are named. The names are for people: nothing is read back out of them.
 */
final class ImportFiles {
  /** File systems allow 255 bytes; some are left for the ending and a temporary name. */
  private static final int MAX_STEM = 200;

  private ImportFiles() {}

  /**
   * {@code <mesh>.<namespace>.<service>.<document>} and an ending, each part as a DNS label. A
   * label holds no dot, and two texts never become one label, so two objects never get one name.
   */
  static String nameOf(ServiceKey service, NativeDocument document, FileFormat format) {
    var parts =
        List.of(service.mesh().value(), service.namespace(), service.name(), document.name());
    var stem = parts.stream().map(NameSyntax::label).collect(Collectors.joining("."));
    return (stem.length() > MAX_STEM ? shortened(stem) : stem) + ending(format);
  }

  private static String shortened(String stem) {
    return Stream.of(stem.split("\\.", -1)[0], NameSyntax.label(stem))
        .collect(Collectors.joining("."));
  }

  private static String ending(FileFormat format) {
    return switch (format) {
      case YAML -> ".yaml";
      case JSON -> ".json";
    };
  }
}
