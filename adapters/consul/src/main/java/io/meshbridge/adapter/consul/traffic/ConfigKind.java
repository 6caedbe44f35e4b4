package io.meshbridge.adapter.consul.traffic;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of config entries that say how traffic flows. */
public enum ConfigKind {
  /** What the whole datacenter's proxies do. */
  PROXY_DEFAULTS("proxy-defaults", "ProxyDefaults"),
  /** What a service is. */
  SERVICE_DEFAULTS("service-defaults", "ServiceDefaults"),
  /** Which instances stand for a service. */
  SERVICE_RESOLVER("service-resolver", "ServiceResolver"),
  /** How requests are shared. */
  SERVICE_SPLITTER("service-splitter", "ServiceSplitter"),
  /** Which requests go where. */
  SERVICE_ROUTER("service-router", "ServiceRouter"),
  /** Where requests from outside come in; not about the service that it has the name of. */
  INGRESS_GATEWAY("ingress-gateway", "IngressGateway");

  private final String word;
  private final String resource;

  ConfigKind(String word, String resource) {
    this.word = word;
    this.resource = resource;
  }

  /** As the HTTP API calls it. */
  public String word() {
    return word;
  }

  /** As Consul on Kubernetes calls it. */
  public String resource() {
    return resource;
  }

  /** Whether Consul takes it only for services that speak HTTP. */
  public boolean needsHttp() {
    return this == SERVICE_ROUTER || this == SERVICE_SPLITTER;
  }

  /** Whether it is about the traffic to the service that it has the name of. */
  public boolean isOfService() {
    return this != PROXY_DEFAULTS && this != INGRESS_GATEWAY;
  }

  /** The kind that the HTTP API calls so. */
  public static Optional<ConfigKind> ofWord(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }

  /** The kind that Consul on Kubernetes calls so. */
  public static Optional<ConfigKind> ofResource(String resource) {
    return Arrays.stream(values()).filter(kind -> kind.resource.equals(resource)).findFirst();
  }
}
