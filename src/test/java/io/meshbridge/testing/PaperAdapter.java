package io.meshbridge.testing;

import io.meshbridge.model.NameSyntax;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshAdapter;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.SettingSpec;
import io.meshbridge.spi.Settings;
import io.meshbridge.spi.Translator;
import java.util.List;

/** A make of mesh that exists only as documents; see {@link PaperTranslator}. */
public record PaperAdapter(String kind, Translator.FileFormat format) implements MeshAdapter {
  /** Whose documents are YAML. */
  public PaperAdapter(String kind) {
    this(kind, Translator.FileFormat.YAML);
  }

  @Override
  public NameSyntax nameSyntax() {
    return NameSyntax.DNS_NAME;
  }

  @Override
  public String nameTemplate() {
    return "{service}.{namespace}.{suffix}";
  }

  @Override
  public List<SettingSpec> settings() {
    return List.of(
        SettingSpec.required("url", SettingSpec.Type.URL, "Where the paper lies."),
        SettingSpec.secret("token", "Who may look at it."));
  }

  @Override
  public Translator translator() {
    return new PaperTranslator(format);
  }

  @Override
  public MeshConnection connect(Settings settings, ConnectionContext context) {
    throw new UnsupportedOperationException("paper meshes do not live");
  }
}
