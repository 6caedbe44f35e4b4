package io.meshbridge.adapter.linkerd;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.config.InitializationException;
import org.xbill.DNS.config.PropertyResolverConfigProvider;
import org.xbill.DNS.config.ResolvConfResolverConfigProvider;
import org.xbill.DNS.config.ResolverConfigProvider;

/**
 * How dnsjava learns in a native executable which name servers to ask: from its own properties, or
 * from {@code resolv.conf}. The constructor that this replaces knows Windows and Android, too, by
 * classes of JNA and of Android that are not here. A JVM never looks at those; native-image links
 * all that could be called, and gives up. Members bear the names that they have in dnsjava.
 */
@TargetClass(className = "org.xbill.DNS.ResolverConfig")
final class NativeNameServers {
  @Alias private static @Nullable List<ResolverConfigProvider> configProviders;

  @Alias private List<InetSocketAddress> servers;
  @Alias private List<Name> searchlist;

  // dnsjava reads it.
  @SuppressWarnings("UnusedVariable")
  @Alias
  private int ndots;

  @Substitute
  NativeNameServers() {
    servers = new ArrayList<>();
    searchlist = new ArrayList<>();
    ndots = 1;
    if (configProviders == null) {
      configProviders =
          List.of(new PropertyResolverConfigProvider(), new ResolvConfResolverConfigProvider());
    }
    for (ResolverConfigProvider provider : configProviders) {
      try {
        provider.initialize();
      } catch (InitializationException broken) {
        throw new IllegalStateException("neither of the two above throws", broken);
      }
      if (servers.isEmpty()) {
        servers.addAll(provider.servers());
      }
      if (searchlist.isEmpty()) {
        searchlist.addAll(provider.searchPaths());
        ndots = provider.ndots();
      }
    }
    if (servers.isEmpty()) {
      servers.add(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), SimpleResolver.DEFAULT_PORT));
    }
  }
}
