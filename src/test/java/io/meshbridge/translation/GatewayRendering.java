package io.meshbridge.translation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A sketch of a gateway in the words of the meshes that have one. */
final class GatewayRendering {
  private static final String NAME = "edge";

  private GatewayRendering() {}

  /** A Gateway, and a VirtualService for each host. */
  static List<Map<String, Object>> istio(GatewaySketch sketch) {
    var documents = new ArrayList<Map<String, Object>>();
    var servers = new ArrayList<Map<String, Object>>();
    for (int port : GatewaySketch.PORTS) {
      var hosts = sketch.at(port).stream().map(GatewaySketch.Host::name).toList();
      if (!hosts.isEmpty()) {
        servers.add(
            Map.of(
                "port",
                Map.of("number", port, "name", "http-" + port, "protocol", "HTTP"),
                "hosts",
                hosts));
      }
    }
    documents.add(
        IstioRendering.object(
            "networking.istio.io/v1",
            "Gateway",
            NAME,
            Map.of("selector", Map.of("istio", "ingressgateway"), "servers", servers)));
    for (int i = 0; i < sketch.hosts().size(); i++) {
      var host = sketch.hosts().get(i);
      for (Map<String, Object> object : IstioRendering.of(host.rules(), false, (r, c) -> {})) {
        if (object.get("kind").equals("VirtualService")) {
          documents.add(routesOf(object, host.name(), NAME + "-" + i));
        } else if (i == 0) {
          documents.add(object);
        }
      }
    }
    return documents;
  }

  private static Map<String, Object> routesOf(
      Map<String, Object> virtualService, String host, String name) {
    var spec = new LinkedHashMap<String, Object>();
    spec.put("hosts", List.of(host));
    spec.put("gateways", List.of(NAME));
    spec.put("http", Tree.of(virtualService, "spec").get("http"));
    return IstioRendering.object("networking.istio.io/v1", "VirtualService", name, spec);
  }

  /** An ingress-gateway, and for each host a service that is but a router. */
  static List<Map<String, Object>> consul(GatewaySketch sketch) {
    var documents = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < sketch.hosts().size(); i++) {
      var own = "host-" + i;
      documents.add(ConsulRendering.entry("service-defaults", own, Map.of("Protocol", "http")));
      for (Map<String, Object> entry :
          ConsulRendering.of(sketch.hosts().get(i).rules(), false, (r, c) -> {})) {
        var name = String.valueOf(entry.getOrDefault("Name", ""));
        if ("service-router".equals(entry.get("Kind"))) {
          documents.add(routerOf(entry, own));
        } else if (name.startsWith("web-r")) {
          var renamed = new LinkedHashMap<>(entry);
          renamed.put("Name", own + name.substring("web".length()));
          documents.add(renamed);
        } else if (i == 0) {
          documents.add(entry);
        }
      }
    }
    documents.add(gateway(sketch));
    return documents;
  }

  private static Map<String, Object> gateway(GatewaySketch sketch) {
    var listeners = new ArrayList<Map<String, Object>>();
    for (int port : GatewaySketch.PORTS) {
      var services = new ArrayList<Map<String, Object>>();
      for (GatewaySketch.Host host : sketch.at(port)) {
        services.add(
            Map.of("Name", "host-" + sketch.hosts().indexOf(host), "Hosts", List.of(host.name())));
      }
      if (!services.isEmpty()) {
        listeners.add(Map.of("Port", port, "Protocol", "http", "Services", services));
      }
    }
    return ConsulRendering.entry("ingress-gateway", NAME, Map.of("Listeners", listeners));
  }

  /** What a route does not say of its service is the router's own, which has no instances. */
  private static Map<String, Object> routerOf(Map<String, Object> router, String own) {
    var routes = new ArrayList<Map<String, Object>>();
    for (Map<String, Object> route : Tree.objects(router, "Routes")) {
      var to = new LinkedHashMap<String, Object>(Tree.of(route, "Destination"));
      var service = String.valueOf(to.getOrDefault("Service", "web"));
      to.put(
          "Service",
          service.startsWith("web-r") ? own + service.substring("web".length()) : service);
      var led = new LinkedHashMap<>(route);
      led.put("Destination", to);
      routes.add(led);
    }
    return ConsulRendering.entry("service-router", own, Map.of("Routes", routes));
  }

  /** Parts of documents. */
  private static final class Tree {
    @SuppressWarnings("unchecked")
    static Map<String, Object> of(Map<String, Object> parent, String field) {
      return (Map<String, Object>) parent.get(field);
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> objects(Map<String, Object> parent, String field) {
      return (List<Map<String, Object>>) parent.get(field);
    }
  }
}
