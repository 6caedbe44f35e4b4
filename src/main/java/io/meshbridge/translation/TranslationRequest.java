package io.meshbridge.translation;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.NameSyntax;
import io.meshbridge.spi.MeshAdapter;
import io.meshbridge.spi.Translator.WriteContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What somebody wants translated to what, as they wrote it.
 *
 * @param from the make of mesh that the documents are of
 * @param to the make of mesh to translate to
 * @param mesh the id of the mesh that the documents belong to; that of {@code from} if empty
 * @param targetMesh the id of the mesh to translate to; that of {@code to} if empty
 * @param namespace where imports are put; the target's own choice if empty
 * @param federation the federation in the marks of ownership
 * @param targetVersion of the target's control plane; the newest that is known if empty
 */
public record TranslationRequest(
    String from,
    String to,
    String mesh,
    String targetMesh,
    String namespace,
    String federation,
    String targetVersion) {
  /** What the marks of ownership say if nobody says otherwise. */
  public static final String DEFAULT_FEDERATION = "offline";

  private static final String A_LABEL = "a DNS label (a-z, 0-9, '-')";
  private static final Pattern VERSION = Pattern.compile("v?\\d+(\\.\\d+){0,3}([-+~].*)?");

  /**
   * What is wrong with a request.
   *
   * @param fields of the request; several if they contradict each other
   * @param value what stands there
   * @param problem what is wrong with it, as the end of a sentence that begins with its name
   * @param expected what should stand there
   */
  public record Fault(List<String> fields, String value, String problem, String expected) {}

  /** The makes of mesh that there are. */
  public record Makes(Set<String> kinds, Function<String, Optional<MeshAdapter>> find) {}

  /**
   * The translation that is asked for.
   *
   * @param faults takes everything that is wrong
   * @return empty if anything is wrong
   */
  public Optional<OfflineTranslation> resolve(Makes makes, List<Fault> faults) {
    int before = faults.size();
    var source = adapter("from", from, makes, faults);
    var target = adapter("to", to, makes, faults);
    var sourceMesh = mesh.isEmpty() ? source.map(MeshAdapter::kind).orElse("") : mesh;
    var otherMesh = targetMesh.isEmpty() ? target.map(MeshAdapter::kind).orElse("") : targetMesh;
    requireLabelIfGiven("mesh", mesh, faults);
    requireLabelIfGiven("targetMesh", targetMesh, faults);
    requireLabelIfGiven("namespace", namespace, faults);
    requireLabel("federation", federation, faults);
    requireVersion(faults);
    if (!sourceMesh.isEmpty() && sourceMesh.equals(otherMesh)) {
      faults.add(
          new Fault(
              List.of("mesh", "targetMesh"),
              sourceMesh,
              "both are '" + sourceMesh + "'; give them different ids",
              "two ids"));
    }
    if (faults.size() > before || source.isEmpty() || target.isEmpty()) {
      return Optional.empty();
    }
    var version = targetVersion.startsWith("v") ? targetVersion.substring(1) : targetVersion;
    return Optional.of(
        new OfflineTranslation(
            source.get(),
            target.get(),
            new MeshId(sourceMesh),
            new WriteContext(federation, new MeshId(otherMesh), namespace, version)));
  }

  private static Optional<MeshAdapter> adapter(
      String field, String kind, Makes makes, List<Fault> faults) {
    var found = makes.find().apply(kind);
    if (found.isEmpty()) {
      var problem = kind.isEmpty() ? "is missing" : "'" + kind + "' is no known kind of mesh";
      faults.add(
          new Fault(
              List.of(field),
              kind,
              problem + "; known are " + makes.kinds(),
              "one of " + makes.kinds()));
    }
    return found;
  }

  private static void requireLabelIfGiven(String field, String value, List<Fault> faults) {
    if (!value.isEmpty()) {
      requireLabel(field, value, faults);
    }
  }

  private static void requireLabel(String field, String value, List<Fault> faults) {
    if (!NameSyntax.DNS_LABEL.accepts(value)) {
      faults.add(new Fault(List.of(field), value, "'" + value + "' is not " + A_LABEL, A_LABEL));
    }
  }

  private void requireVersion(List<Fault> faults) {
    if (!targetVersion.isEmpty() && !VERSION.matcher(targetVersion).matches()) {
      faults.add(
          new Fault(
              List.of("targetVersion"),
              targetVersion,
              "'" + targetVersion + "' is not a version such as 1.8.7",
              "a version such as 1.8.7"));
    }
  }
}
