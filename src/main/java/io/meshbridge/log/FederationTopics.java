package io.meshbridge.log;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.NameSyntax;
import java.util.Optional;

/**
 * The names by which the bridges of a federation find each other on a Kafka cluster.
 *
 * @param federation a DNS label
 */
public record FederationTopics(String federation) {
  /**
   * Stands for the federation where none is configured: commands that need none still start, and
   * those that do are refused by the check of the configuration.
   */
  public static final String UNNAMED = "unnamed";

  private static final String ROOT = "meshbridge.";

  /**
   * @throws IllegalArgumentException if the federation's name is no DNS label
   */
  public FederationTopics {
    if (!NameSyntax.DNS_LABEL.accepts(federation)) {
      throw new IllegalArgumentException(
          "the federation's name must be a DNS label (a-z, 0-9, '-', at most 63 characters), but is"
              + " '"
              + federation
              + "'");
    }
  }

  /** Who takes part. */
  public String members() {
    return ROOT + federation + ".members";
  }

  /** What operators have ordered. */
  public String orders() {
    return ROOT + federation + ".orders";
  }

  /** Every act of an operator, for ever. */
  public String trail() {
    return ROOT + federation + ".trail";
  }

  /** All that a mesh says. */
  public String mesh(MeshId mesh) {
    return meshPrefix() + mesh;
  }

  /** What became of each import in a mesh. */
  public String status(MeshId mesh) {
    return ROOT + federation + ".status." + mesh;
  }

  /** What nobody could read. */
  public String deadLetters() {
    return ROOT + federation + ".dead-letters";
  }

  /** The mesh whose topic this is; empty if it is no mesh's topic of this federation. */
  public Optional<MeshId> meshOf(String topic) {
    var prefix = meshPrefix();
    return topic.startsWith(prefix)
            && NameSyntax.DNS_LABEL.accepts(topic.substring(prefix.length()))
        ? Optional.of(new MeshId(topic.substring(prefix.length())))
        : Optional.empty();
  }

  /** The {@code ce_source} of what a mesh's bridge says. */
  public String source(MeshId mesh) {
    return "meshbridge/" + federation + "/" + mesh;
  }

  /** The transactional id of whoever writes a mesh's topic: one at a time, by the broker's word. */
  public String transactionalId(MeshId mesh) {
    return mesh(mesh);
  }

  /** The consumer group in which the bridges of a mesh elect the one that speaks for it. */
  public String electionGroup(MeshId mesh) {
    return ROOT + federation + ".lead." + mesh;
  }

  private String meshPrefix() {
    return ROOT + federation + ".mesh.";
  }
}
