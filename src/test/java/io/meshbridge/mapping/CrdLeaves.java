package io.meshbridge.mapping;

import io.meshbridge.adapter.files.ManifestReader;
import io.meshbridge.spi.Document;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes lists of leaves from a folder with CustomResourceDefinitions. */
final class CrdLeaves {
  /**
   * Where the CustomResourceDefinitions of Istio, Linkerd and the Gateway API lie, which are not
   * part of the project; empty if nobody says.
   */
  static final Optional<Path> FOLDER =
      Optional.ofNullable(System.getProperty("meshbridge.crds", System.getenv("MESHBRIDGE_CRDS")))
          .map(Path::of);

  private final List<Document> definitions;

  private CrdLeaves(List<Document> definitions) {
    this.definitions = definitions;
  }

  /** Reads all manifests in the folder. */
  static CrdLeaves in(Path folder) {
    return new CrdLeaves(
        new ManifestReader().read(folder, ManifestReader.Progress.SILENT).documents());
  }

  /**
   * The leaves of the kind's {@code spec} in the newest version that is served.
   *
   * @throws IllegalStateException if the folder does not hold the definition
   */
  LeafList of(PolicyKind kind) {
    var version = newestVersion(kind);
    var leaves = new ArrayList<Leaf>();
    addLeaves(specOf(version), LeafPath.parse("spec"), leaves);
    return new LeafList(
        kind.title()
            + ", "
            + kind.crdGroup()
            + "/"
            + version.get("name")
            + ": the leaves of its spec, from its CustomResourceDefinition.",
        leaves);
  }

  /** The schema of the kind's {@code spec} in the newest version that is served. */
  Map<?, ?> specSchema(PolicyKind kind) {
    return specOf(newestVersion(kind));
  }

  private Map<?, ?> newestVersion(PolicyKind kind) {
    return definitions.stream()
        .map(definition -> Tree.object(definition.content(), "spec"))
        .filter(spec -> kind.crdGroup().equals(spec.get("group")))
        .filter(spec -> kind.title().equals(Tree.object(spec, "names").get("kind")))
        .flatMap(spec -> Tree.objects(spec, "versions").stream())
        .filter(version -> Boolean.TRUE.equals(version.get("served")))
        .max(Comparator.comparing(version -> ApiVersion.parse(version.get("name").toString())))
        .orElseThrow(
            () -> new IllegalStateException("there is no CustomResourceDefinition of " + kind));
  }

  private static Map<?, ?> specOf(Map<?, ?> version) {
    var root = Tree.object(Tree.object(version, "schema"), "openAPIV3Schema");
    return Tree.object(Tree.object(root, "properties"), "spec");
  }

  private static void addLeaves(Map<?, ?> schema, LeafPath path, List<Leaf> leaves) {
    var properties = Tree.object(schema, "properties");
    if (!properties.isEmpty()) {
      properties.forEach(
          (name, field) ->
              addLeaves((Map<?, ?>) field, path.then(Step.field(name.toString())), leaves));
    } else if (schema.get("items") instanceof Map<?, ?> items) {
      addLeaves(items, path.then(Step.element()), leaves);
    } else if (schema.get("additionalProperties") instanceof Map<?, ?> values) {
      addLeaves(values, path.then(Step.entry("")), leaves);
    } else {
      leaves.add(leaf(schema, path));
    }
  }

  private static Leaf leaf(Map<?, ?> schema, LeafPath path) {
    if (schema.get("enum") instanceof List<?> words) {
      return new Leaf(path, Leaf.Type.ENUM, words.stream().map(Object::toString).toList());
    }
    return new Leaf(path, type(schema), List.of());
  }

  private static Leaf.Type type(Map<?, ?> schema) {
    if (schema.get("x-kubernetes-int-or-string") != null) {
      return Leaf.Type.INTEGER;
    }
    return switch (Optional.ofNullable(schema.get("type")).orElse("object").toString()) {
      case "integer" -> Leaf.Type.INTEGER;
      case "number" -> Leaf.Type.NUMBER;
      case "boolean" -> Leaf.Type.BOOLEAN;
      case "string" -> isDuration(schema) ? Leaf.Type.DURATION : Leaf.Type.STRING;
      default -> Leaf.Type.OBJECT;
    };
  }

  /** Istio says so in a rule, the Gateway API in a pattern, Linkerd in a format. */
  private static boolean isDuration(Map<?, ?> schema) {
    boolean byRule =
        Tree.objects(schema, "x-kubernetes-validations").stream()
            .anyMatch(rule -> String.valueOf(rule.get("rule")).contains("duration(self)"));
    return byRule
        || "duration".equals(schema.get("format"))
        || String.valueOf(schema.get("pattern")).contains("(h|m|s|ms)");
  }

  /** A version of a Kubernetes API: the stable ones are the newest, then beta, then alpha. */
  private record ApiVersion(int major, int stage, int minor) implements Comparable<ApiVersion> {
    private static final int STABLE = 2;
    private static final Comparator<ApiVersion> ORDER =
        Comparator.comparingInt(ApiVersion::stage)
            .thenComparingInt(ApiVersion::major)
            .thenComparingInt(ApiVersion::minor);

    static ApiVersion parse(String name) {
      var numbers = name.substring(1).split("alpha|beta", -1);
      int stage = name.contains("alpha") ? 0 : name.contains("beta") ? 1 : STABLE;
      return new ApiVersion(
          Integer.parseInt(numbers[0]), stage, stage == STABLE ? 0 : Integer.parseInt(numbers[1]));
    }

    @Override
    public int compareTo(ApiVersion other) {
      return ORDER.compare(this, other);
    }
  }
}
