package io.meshbridge.cli;

import io.meshbridge.config.Adapters;
import io.meshbridge.translation.OfflineTranslation;
import io.meshbridge.translation.TranslationRequest;
import io.meshbridge.translation.TranslationRequest.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The finer points of a translation, which mostly need no word. */
final class TargetOptions {
  @Option(
      names = "--target-mesh",
      paramLabel = "ID",
      defaultValue = "",
      description = "The id of the mesh to translate to. Default: the word of --to.")
  private String targetMesh = "";

  @Option(
      names = "--target-version",
      paramLabel = "VERSION",
      defaultValue = "",
      description =
          "The version of the target's control plane, such as 1.8.7: what it cannot say yet is told"
              + " as a loss. Default: the newest that is known.")
  private String targetVersion = "";

  @Option(
      names = "--namespace",
      paramLabel = "NS",
      defaultValue = "",
      description = "Where imports are put. Default: the target's own choice.")
  private String namespace = "";

  @Option(
      names = "--federation",
      paramLabel = "ID",
      defaultValue = TranslationRequest.DEFAULT_FEDERATION,
      description = "The federation in the marks of ownership. Default: ${DEFAULT-VALUE}.")
  private String federation = TranslationRequest.DEFAULT_FEDERATION;

  /** Whether any of them says something. */
  boolean isGiven() {
    return !(targetMesh + targetVersion + namespace).isEmpty()
        || !federation.equals(TranslationRequest.DEFAULT_FEDERATION);
  }

  /**
   * The translation that is asked for.
   *
   * @param faults takes all that is wrong with the options
   * @return empty if anything is wrong
   */
  Optional<OfflineTranslation> translation(
      String from, String to, String mesh, Adapters adapters, List<String> faults) {
    var request =
        new TranslationRequest(from, to, mesh, targetMesh, namespace, federation, targetVersion);
    var wrong = new ArrayList<Fault>();
    var translation =
        request.resolve(new TranslationRequest.Makes(adapters.kinds(), adapters::find), wrong);
    wrong.forEach(fault -> faults.add(inWords(fault)));
    return translation;
  }

  private static String inWords(Fault fault) {
    return fault.fields().stream().map(TargetOptions::option).collect(Collectors.joining(" and "))
        + ": "
        + fault.problem();
  }

  /** The option that fills a field: {@code targetMesh} is {@code --target-mesh}. */
  private static String option(String field) {
    return "--" + field.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
