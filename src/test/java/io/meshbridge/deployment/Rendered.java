package io.meshbridge.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshbridge.testkit.tools.RealBinary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** The folders of {@code k8s/} that people apply, as {@code kubectl} renders them. */
public final class Rendered {
  static final Path K8S = Path.of("..", "k8s");
  static final List<String> OVERLAYS =
      List.of("istio", "linkerd", "consul", "all-in-one", "edge", "cert-manager");

  private static final RealBinary.Wanted KUBECTL =
      new RealBinary.Wanted("kubectl", "", "kubernetes-client", "trixie", "usr/bin/kubectl");
  private static final YAMLMapper YAML = new YAMLMapper();

  private Rendered() {}

  /** The objects of a folder; where no {@code kubectl} can be had, the test is skipped. */
  public static List<JsonNode> folder(String folder) throws IOException, InterruptedException {
    return objects(text(folder));
  }

  static String text(String folder) throws IOException, InterruptedException {
    return kustomized(K8S.resolve(folder));
  }

  static String kustomized(Path folder) throws IOException, InterruptedException {
    return kubectl().run("kustomize", folder.toString()).whole();
  }

  static List<JsonNode> overlay(String name) throws IOException, InterruptedException {
    return folder("overlays/" + name);
  }

  /** What the file of rights of a component holds, as it is before an overlay takes it. */
  static List<JsonNode> componentRights(String component) throws IOException {
    return objects(
        Files.readString(K8S.resolve("components").resolve(component).resolve("rbac.yaml")));
  }

  static Program kubectl() {
    return new Program(RealBinary.find(KUBECTL).command());
  }

  static List<JsonNode> objects(String yaml) throws IOException {
    var objects = new ArrayList<JsonNode>();
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      while (documents.hasNext()) {
        var object = documents.next();
        // A chart leaves documents that hold nothing but a comment.
        if (object != null && object.isObject()) {
          objects.add(object);
        }
      }
    }
    return objects;
  }

  static List<JsonNode> ofKind(List<JsonNode> objects, String kind) {
    return objects.stream().filter(object -> object.path("kind").asText().equals(kind)).toList();
  }

  static JsonNode one(List<JsonNode> objects, String kind) {
    var found = ofKind(objects, kind);
    if (found.size() != 1) {
      throw new IllegalStateException(found.size() + " objects of kind " + kind);
    }
    return found.getFirst();
  }

  /** The one container of the one Deployment. */
  static JsonNode container(List<JsonNode> objects) {
    return pod(objects).path("containers").path(0);
  }

  static JsonNode pod(List<JsonNode> objects) {
    return one(objects, "Deployment").path("spec").path("template").path("spec");
  }

  /** The texts of an array. */
  public static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
