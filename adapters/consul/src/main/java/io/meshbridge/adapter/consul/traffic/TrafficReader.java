package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.adapter.consul.traffic.ConfigEntry.Opened;
import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.spi.reading.TracedFields;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Config entries to the policy of each service. Pure. */
public final class TrafficReader {
  private static final Set<String> HTTP_LIKE = Set.of("http", "http2", "grpc");

  private final MeshId mesh;
  private final ConfigEntries entries;

  /** Reads out of these. */
  public TrafficReader(MeshId mesh, ConfigEntries entries) {
    this.mesh = mesh;
    this.entries = entries;
  }

  /** Whether Consul routes requests of the protocol one by one. */
  public static boolean isHttpLike(String protocol) {
    return HTTP_LIKE.contains(protocol.toLowerCase(Locale.ROOT));
  }

  /**
   * What the entries say of the traffic to a service.
   *
   * @param otherwise the protocol that its instances declare, which counts if no entry does
   */
  public ServiceTraffic read(ServiceName service, String otherwise) {
    var declared = entries.protocolOf(service);
    return new OneService(service, declared.isEmpty() ? otherwise : declared).read();
  }

  /** The entries of one service while they are read. */
  private final class OneService {
    private final ServiceName service;
    private final String protocol;
    private final Map<ConfigKind, Opened> opened = new EnumMap<>(ConfigKind.class);
    private final Configured configured = new Configured(entries);

    OneService(ServiceName service, String protocol) {
      this.service = service;
      this.protocol = protocol;
      for (ConfigKind kind : ConfigKind.values()) {
        if (kind != ConfigKind.INGRESS_GATEWAY) {
          find(kind).ifPresent(entry -> opened.put(kind, entry.open()));
        }
      }
    }

    private Optional<ConfigEntry> find(ConfigKind kind) {
      return kind == ConfigKind.PROXY_DEFAULTS
          ? entries.proxyDefaults()
          : entries.find(kind, service);
    }

    ServiceTraffic read() {
      if (opened.isEmpty()) {
        return new ServiceTraffic(TrafficPolicy.NONE, false, List.of(), List.of());
      }
      var needsHttp = checkProtocol();
      readDefaults();
      var resolver =
          find(ConfigKind.SERVICE_RESOLVER)
              .map(entry -> ResolverReader.read(entry, fields(entry)))
              .orElse(ResolverEntry.NONE);
      var splitter =
          find(ConfigKind.SERVICE_SPLITTER)
              .filter(entry -> needsHttp)
              .map(entry -> SplitterEntry.read(entry, fields(entry)));
      var routes =
          find(ConfigKind.SERVICE_ROUTER)
              .filter(entry -> needsHttp)
              .map(entry -> RouterReader.read(entry, fields(entry)));
      configured.know(service, splitter, resolver);
      var rules = new RuleBuilder(mesh, service, configured, protocol, opened);
      var destinations = new DestinationBuilder(mesh, service, configured, opened);
      var isHttp = needsHttp || isHttpLike(protocol);
      var policy =
          new TrafficPolicy(
              isHttp ? rules.http(routes, splitter.isPresent()) : List.of(),
              isHttp ? List.of() : rules.l4(),
              destinations.subsets(resolver),
              destinations.whole(resolver),
              Collections.emptySortedMap());
      return result(policy, needsHttp);
    }

    private TracedFields fields(ConfigEntry entry) {
      return Objects.requireNonNull(opened.get(entry.kind())).fields();
    }

    private ServiceTraffic result(TrafficPolicy policy, boolean needsHttp) {
      var losses = new ArrayList<Loss>();
      var faults = new ArrayList<Diagnostic>();
      opened
          .values()
          .forEach(
              part -> {
                losses.addAll(part.trace().losses());
                faults.addAll(part.trace().faults());
              });
      return new ServiceTraffic(policy, needsHttp, losses, faults);
    }

    private void readDefaults() {
      Optional.ofNullable(opened.get(ConfigKind.PROXY_DEFAULTS))
          .ifPresent(part -> DefaultsReader.readDatacenter(part.fields()));
      Optional.ofNullable(opened.get(ConfigKind.SERVICE_DEFAULTS))
          .ifPresent(part -> DefaultsReader.readService(part.fields()));
    }

    /** Whether there are entries for HTTP that the server would take. */
    private boolean checkProtocol() {
      var needsHttp = false;
      for (ConfigKind kind : List.of(ConfigKind.SERVICE_ROUTER, ConfigKind.SERVICE_SPLITTER)) {
        var part = opened.get(kind);
        if (part == null) {
          continue;
        }
        var field = kind == ConfigKind.SERVICE_ROUTER ? "Routes" : "Splits";
        if (protocol.isEmpty()) {
          part.trace()
              .warnAbout(
                  part.fields().pathOf(field),
                  "no entry declares the protocol of "
                      + service
                      + "; it is taken for http, without which the server refuses this");
          needsHttp = true;
        } else if (isHttpLike(protocol)) {
          needsHttp = true;
        } else {
          part.fields()
              .error(
                  field,
                  "the server refuses this for a service that speaks "
                      + protocol
                      + "; declare http, http2 or grpc in its service-defaults");
        }
      }
      return needsHttp;
    }
  }
}
