package io.meshbridge.adapter.consul;

import io.meshbridge.adapter.consul.traffic.ConfigEntry;
import io.meshbridge.adapter.consul.traffic.ConfigKind;
import io.meshbridge.adapter.consul.traffic.ServiceName;
import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Diagnostic.Severity;
import io.meshbridge.spi.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * Sorts documents by their shape. People keep Consul's objects as agent definitions, as catalog
 * registrations, as answers of the health API, as config entries, and as Kubernetes resources.
 */
final class DocumentReader {
  /** What a service entry may hold; anything else is said to its author. */
  private static final Set<String> SERVICE_FIELDS =
      canonical(
          "ID",
          "Service",
          "Name",
          "Namespace",
          "Partition",
          "Kind",
          "Tags",
          "Meta",
          "Address",
          "Port",
          "Weights",
          "TaggedAddresses",
          "Check",
          "Checks",
          "Connect",
          "Proxy",
          "Locality",
          "EnableTagOverride",
          "CreateIndex",
          "ModifyIndex",
          "Token",
          "PeerName");

  private final SortedMap<ServiceName, List<Instance>> services = new TreeMap<>();
  private final SortedMap<ServiceName, SortedSet<String>> proxies = new TreeMap<>();
  private final MeshConfig.Builder config = new MeshConfig.Builder();
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  /** What a set of documents holds. */
  record Contents(
      SortedMap<ServiceName, List<Instance>> services,
      SortedMap<ServiceName, SortedSet<String>> proxies,
      MeshConfig config,
      List<Diagnostic> diagnostics) {
    void warn(Place place, String field, String message) {
      diagnostics.add(diagnostic(Severity.WARNING, place, field, message));
    }
  }

  private DocumentReader() {}

  static Contents read(List<Document> documents) {
    var reader = new DocumentReader();
    documents.forEach(document -> reader.add(document.content(), new Place(document, "")));
    return new Contents(reader.services, reader.proxies, reader.config.build(), reader.diagnostics);
  }

  private void add(Map<String, Object> content, Place place) {
    if (Fields.text(content, "apiVersion").startsWith("consul.hashicorp.com/")) {
      addKubernetes(content, place);
    } else if (content.get("services") instanceof List<?> definitions) {
      var elements = place.in("services");
      for (int i = 0; i < definitions.size(); i++) {
        var element = new Place(place.document(), elements.prefix() + "[" + i + "]");
        addInstance(Fields.asObject(definitions.get(i)), element, InstanceReader::definition);
      }
    } else if (Fields.object(content, "Node").containsKey("Node")) {
      addChecked(content, place, InstanceReader::healthEntry);
    } else if (Fields.has(content, "Service") && Fields.has(content, "Node")) {
      addChecked(content, place, InstanceReader::registration);
    } else if (!Fields.object(content, "Service").isEmpty()) {
      var field = Fields.spelling(content, "Service");
      addInstance(Fields.object(content, "Service"), place.in(field), InstanceReader::definition);
    } else if (isConfigEntry(content)) {
      addConfig(content, place);
    } else if (Fields.has(content, "Name") || Fields.has(content, "Service")) {
      addInstance(content, place, InstanceReader::definition);
    } else {
      error(
          place,
          "",
          "is nothing that is known here; expected a service, a registration, an"
              + " answer of the health API or a config entry");
    }
  }

  private static boolean isConfigEntry(Map<String, Object> content) {
    return switch (Fields.text(content, "Kind")) {
      case "",
          "connect-proxy",
          "mesh-gateway",
          "terminating-gateway",
          "ingress-gateway",
          "api-gateway" ->
          // The kinds of gateways are config entries too, but these define no address.
          !Fields.has(content, "Port")
              && (Fields.has(content, "Listeners") || Fields.has(content, "Services"));
      default -> true;
    };
  }

  private void addKubernetes(Map<String, Object> content, Place place) {
    var spec = Fields.object(content, "spec");
    switch (Fields.text(content, "kind")) {
      case "Registration" -> addChecked(spec, place.in("spec"), InstanceReader::registration);
      case "ServiceIntentions" -> config.addIntentions(Fields.object(spec, "destination"));
      default ->
          ConfigEntry.of(place.document())
              .ifPresentOrElse(
                  entry -> addEntry(entry, place, "metadata.name"),
                  () ->
                      warn(
                          place,
                          "kind",
                          "kind '" + Fields.text(content, "kind") + "' is not read here"));
    }
  }

  private void addConfig(Map<String, Object> content, Place place) {
    var entry = ConfigEntry.of(place.document());
    if (entry.isPresent()) {
      addEntry(entry.get(), place, Fields.spelling(content, "Name"));
    } else if (Fields.text(content, "Kind").equals("service-intentions")) {
      config.addIntentions(content);
    } else {
      warn(
          place,
          Fields.spelling(content, "Kind"),
          "config entries of kind '" + Fields.text(content, "Kind") + "' are not translated");
    }
  }

  private void addEntry(ConfigEntry entry, Place place, String nameField) {
    if (entry.name().name().isBlank()) {
      error(place, nameField, "an entry needs the name of the service that it is about");
    } else if (entry.kind() == ConfigKind.PROXY_DEFAULTS && !entry.isGlobal()) {
      error(
          place,
          nameField,
          "the only name that proxy-defaults have is global, but this is '"
              + entry.name().name()
              + "'; it is passed over");
    } else {
      config
          .add(entry)
          .ifPresent(
              before ->
                  warn(
                      place,
                      nameField,
                      "takes the place of the entry of the same kind and name in "
                          + before.document().location()));
    }
  }

  /** A registration or health entry; the service may be missing from a registration of a node. */
  private void addChecked(
      Map<String, Object> content,
      Place place,
      BiFunction<Map<String, Object>, Place, Instance> shape) {
    if (Fields.object(content, "Service").isEmpty()) {
      warn(place, "", "registers no service, only a node or a check; it is passed over");
      return;
    }
    reportUnknown(Fields.object(content, "Service"), place.in(Fields.spelling(content, "Service")));
    collect(shape.apply(content, place));
  }

  private void addInstance(
      Map<String, Object> service,
      Place place,
      BiFunction<Map<String, Object>, Place, Instance> shape) {
    reportUnknown(service, place);
    collect(shape.apply(service, place));
    var sidecar = Fields.object(Fields.object(service, "Connect"), "SidecarService");
    if (Fields.object(service, "Connect")
        .containsKey(Fields.spelling(Fields.object(service, "Connect"), "SidecarService"))) {
      // The agent registers the proxy itself as soon as it reads this.
      var name = InstanceReader.definition(service, place).service();
      var proxy = Fields.text(sidecar, "Name");
      proxyOf(name).add(proxy.isEmpty() ? name.name() + "-sidecar-proxy" : proxy);
    }
  }

  private void collect(Instance instance) {
    var name = instance.service();
    if (name.name().isBlank() || name.name().length() > 253) {
      error(instance.place(), "Name", "a service needs a name of at most 253 characters");
      return;
    }
    services.computeIfAbsent(name, absent -> new ArrayList<>()).add(instance);
    if (!instance.destination().isEmpty()) {
      proxyOf(new ServiceName(name.namespace(), instance.destination())).add(name.name());
    }
  }

  private SortedSet<String> proxyOf(ServiceName destination) {
    return proxies.computeIfAbsent(destination, absent -> new TreeSet<>());
  }

  private void reportUnknown(Map<String, Object> service, Place place) {
    for (String field : service.keySet()) {
      if (!SERVICE_FIELDS.contains(Fields.canonical(field))) {
        warn(place, field, "field '" + field + "' is not known here; it is passed over");
      }
    }
  }

  private void warn(Place place, String field, String message) {
    diagnostics.add(diagnostic(Severity.WARNING, place, field, message));
  }

  private void error(Place place, String field, String message) {
    diagnostics.add(diagnostic(Severity.ERROR, place, field, message));
  }

  private static Diagnostic diagnostic(
      Severity severity, Place place, String field, String message) {
    return field.isEmpty()
        ? new Diagnostic(
            severity, place.document().locationOf(place.prefix()), place.prefix(), message)
        : new Diagnostic(severity, place.location(field), place.path(field), message);
  }

  private static Set<String> canonical(String... names) {
    var canonical = new TreeSet<String>();
    for (String name : names) {
      canonical.add(Fields.canonical(name));
    }
    return canonical;
  }
}
