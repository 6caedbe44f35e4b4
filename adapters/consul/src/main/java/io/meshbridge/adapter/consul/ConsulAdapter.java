package io.meshbridge.adapter.consul;

import io.meshbridge.model.NameSyntax;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshAdapter;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.SettingSpec;
import io.meshbridge.spi.Settings;
import io.meshbridge.spi.Translator;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Random;

/** The door through which Consul datacenters join a federation. One datacenter is one mesh. */
@ApplicationScoped
public class ConsulAdapter implements MeshAdapter {
  private final ConsulTranslator translator = new ConsulTranslator();
  private final Timing timing;

  /** With the machine's own clock and chance. */
  public ConsulAdapter() {
    this(new Timing(System::nanoTime, new Random()));
  }

  ConsulAdapter(Timing timing) {
    this.timing = timing;
  }

  @Override
  public String kind() {
    return "consul";
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
    return ConsulSettings.SPECS;
  }

  @Override
  public Translator translator() {
    return translator;
  }

  @Override
  public MeshConnection connect(Settings settings, ConnectionContext context) {
    return new ConsulConnection(new ConsulSettings(settings), context, timing, translator);
  }
}
