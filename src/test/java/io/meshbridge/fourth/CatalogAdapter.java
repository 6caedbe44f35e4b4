package io.meshbridge.fourth;

import io.meshbridge.model.NameSyntax;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshAdapter;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.MeshDocuments;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.SettingSpec;
import io.meshbridge.spi.Settings;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.Source;
import io.meshbridge.spi.Translator;
import java.io.IOException;
import java.util.List;

/** The door for catalogs of names. A module of its own would make it {@code @ApplicationScoped}. */
public class CatalogAdapter implements MeshAdapter {
  private final CatalogTranslator translator = new CatalogTranslator();

  /** For the container, and for tools that run without one. */
  public CatalogAdapter() {}

  @Override
  public String kind() {
    return "catalog";
  }

  @Override
  public NameSyntax nameSyntax() {
    return NameSyntax.DNS_LABEL;
  }

  @Override
  public String nameTemplate() {
    return "{service}-{mesh}";
  }

  @Override
  public List<SettingSpec> settings() {
    return List.of(
        SettingSpec.required("file", SettingSpec.Type.PATH, "The catalog."),
        SettingSpec.optional(
            "interval", SettingSpec.Type.DURATION, "1s", "How often the catalog is looked at."));
  }

  @Override
  public Translator translator() {
    return translator;
  }

  @Override
  public MeshConnection connect(Settings settings, ConnectionContext context) {
    var file = new CatalogFile(settings.path("file").orElseThrow());
    var pulse = new Pulse(settings.duration("interval"));
    return new CatalogConnection(
        new CatalogSource(file, context, translator, pulse),
        new CatalogSink(file, context, translator, pulse),
        file,
        context,
        translator,
        pulse);
  }

  private record CatalogConnection(
      Source source,
      Sink sink,
      CatalogFile file,
      ConnectionContext context,
      Translator translator,
      Pulse pulse)
      implements MeshConnection {
    @Override
    public MeshDocuments documents() throws MeshUnavailableException {
      try {
        return new MeshDocuments(context.mesh(), file.documents(), List.of(), List.of());
      } catch (IOException unreadable) {
        throw new MeshUnavailableException("cannot read " + file.path(), unreadable);
      }
    }

    @Override
    public void close() {
      pulse.stop();
    }
  }
}
