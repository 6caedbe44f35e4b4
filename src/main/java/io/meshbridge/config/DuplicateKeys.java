package io.meshbridge.config;

import io.meshbridge.spi.InvalidSettingsException.Fault;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Finds keys that are written twice in one file. Parsers take the last one and say nothing: of two
 * meshes with one id, the first would silently not be served.
 */
final class DuplicateKeys {
  private final Path file;
  private final List<Fault> faults = new ArrayList<>();
  // Anchors lead to the same nodes again, perhaps from within themselves.
  private final Set<Node> visited = new HashSet<>();

  private DuplicateKeys(Path file) {
    this.file = file;
  }

  /**
   * A fault for each of them; its key is the file.
   *
   * @throws IOException never, for text that is at hand
   */
  static List<Fault> in(Path file, String text) throws IOException {
    var duplicates = new DuplicateKeys(file);
    if (ConfigFiles.isProperties(file)) {
      new Once(duplicates).load(new StringReader(text));
    } else {
      duplicates.find(new Yaml(new LoaderOptions()).compose(new StringReader(text)), "");
    }
    return List.copyOf(duplicates.faults);
  }

  private void find(@Nullable Node node, String path) {
    if (node == null || !visited.add(node)) {
      return;
    }
    switch (node) {
      case MappingNode mapping -> findIn(mapping, path);
      case SequenceNode list -> list.getValue().forEach(element -> find(element, path));
      default -> {}
    }
  }

  private void findIn(MappingNode mapping, String path) {
    var lines = new HashMap<String, Integer>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key) {
        var full = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
        int line = key.getStartMark().getLine() + 1;
        var first = lines.putIfAbsent(key.getValue(), line);
        if (first != null) {
          add("lines %d and %d: '%s' is written twice".formatted(first, line, full));
        }
        find(tuple.getValueNode(), full);
      }
    }
  }

  private void add(String what) {
    faults.add(new Fault(file.toString(), what + "; keep one of them, or give one another name"));
  }

  /** Properties that notice when a key comes again. */
  private static final class Once extends Properties {
    private static final long serialVersionUID = 1L;
    private final transient DuplicateKeys duplicates;

    private Once(DuplicateKeys duplicates) {
      this.duplicates = duplicates;
    }

    @Override
    public synchronized @Nullable Object put(Object key, Object value) {
      if (containsKey(key)) {
        duplicates.add("'" + key + "' is written twice");
      }
      return super.put(key, value);
    }
  }
}
