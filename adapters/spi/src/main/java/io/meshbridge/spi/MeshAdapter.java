package io.meshbridge.spi;

import io.meshbridge.model.NameSyntax;
import java.util.List;

/**
 * The door through which one make of mesh joins a federation. The host finds implementations at
 * build time (a CDI bean each) and picks one by {@link #kind()}.
 *
 * <p>Nothing here does I/O: {@link #connect} wires, {@link Source#run} and {@link Sink#start} work.
 */
public interface MeshAdapter {
  /** The word that configuration uses for this make, such as {@code istio}. Unique. */
  String kind();

  /** What names imports can have in such a mesh. */
  NameSyntax nameSyntax();

  /**
   * The default template of an import's name, with the variables {@code {service}}, {@code
   * {namespace}}, {@code {target-namespace}} (where import rules put it), {@code {mesh}} and {@code
   * {suffix}} (the origin's host suffix).
   */
  String nameTemplate();

  /**
   * The settings that {@link #connect} reads, for validation and for the reference page. What must
   * hold of values besides their type stands here as a rule, so that it is found before any mesh is
   * spoken to.
   */
  List<SettingSpec> settings();

  /** Native documents to model and back, without a live mesh. */
  Translator translator();

  /**
   * The live halves. Opens nothing yet.
   *
   * @param settings checked against {@link #settings()}
   */
  MeshConnection connect(Settings settings, ConnectionContext context);
}
