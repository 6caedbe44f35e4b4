package io.meshbridge.translation;

import io.meshbridge.model.NameSyntax;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshAdapter;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.SettingSpec;
import io.meshbridge.spi.Settings;
import io.meshbridge.spi.Translator;
import java.util.List;

/** A make of mesh of which only its policies matter; see {@link RoutesTranslator}. */
record RoutesAdapter(String kind, String nameTemplate) implements MeshAdapter {
  @Override
  public NameSyntax nameSyntax() {
    return NameSyntax.DNS_NAME;
  }

  @Override
  public List<SettingSpec> settings() {
    return List.of();
  }

  @Override
  public Translator translator() {
    return new RoutesTranslator();
  }

  @Override
  public MeshConnection connect(Settings settings, ConnectionContext context) {
    throw new UnsupportedOperationException("nobody lives there");
  }
}
