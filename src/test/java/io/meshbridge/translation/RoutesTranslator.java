package io.meshbridge.translation;

import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Import;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.ServicePort;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.Timeouts;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.model.traffic.WeightedBackend;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.Reading;
import io.meshbridge.spi.Translation;
import io.meshbridge.spi.Translator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Documents of the form {@code {service, timeout, idle, to, refused}}, or {@code {route, ...}} for
 * a policy that stands apart from its service. Idle timeouts cannot be written; a service that says
 * {@code refused} is refused.
 */
final class RoutesTranslator implements Translator {
  @Override
  public FileFormat fileFormat() {
    return FileFormat.YAML;
  }

  @Override
  public Reading read(List<Document> documents, MeshDescriptor mesh, Selection selection) {
    var offers = new ArrayList<Offer>();
    var locations = new TreeMap<ServiceKey, Location>();
    var objects = new TreeMap<String, Document>();
    for (Document document : documents) {
      var content = document.content();
      if (content.containsKey("service")) {
        var key = key(mesh, content.get("service"));
        locations.put(key, document.locationOf("service"));
        offers.add(offer(key, document, documents));
      }
      objects.put(reference(document), document);
    }
    offers.sort(Comparator.comparing(Offer::key));
    return new Reading(offers, new TreeMap<>(), List.of(), locations, objects);
  }

  private static Offer offer(ServiceKey key, Document service, List<Document> documents) {
    var rules = new ArrayList<HttpRule>();
    for (Document document : documents) {
      var content = document.content();
      if (key.name().equals(content.getOrDefault("route", content.get("service")))) {
        rule(key, document).ifPresent(rules::add);
      }
    }
    var losses = new ArrayList<Loss>();
    if (service.content().containsKey("colour")) {
      losses.add(
          new Loss(
              service.locationOf("colour"), "colour", Outcome.DROPPED, "colours are not read", ""));
    }
    return new Offer(
        key,
        List.of(new ServicePort("http", 80, AppProtocol.HTTP)),
        labels(service),
        List.of(),
        AccessPolicy.OPEN,
        new TrafficPolicy(
            rules,
            List.of(),
            List.of(),
            TrafficPolicy.NONE.destination(),
            TrafficPolicy.NONE.ports()),
        EndpointList.of(List.of(Endpoint.ready("10.0.0.1", Map.of("http", 8080)))),
        FederationPath.startingAt(key.mesh()),
        losses);
  }

  private static TreeMap<String, String> labels(Document service) {
    return service.content().containsKey("refused")
        ? new TreeMap<>(Map.of("refused", "true"))
        : new TreeMap<>();
  }

  private static Optional<HttpRule> rule(ServiceKey key, Document document) {
    var content = document.content();
    var sources = new Sources.Builder();
    var request = duration(document, "timeout", "timeouts.request", sources);
    var idle = duration(document, "idle", "timeouts.idle", sources);
    var backend = BackendRef.SELF;
    if (content.get("to") instanceof String other) {
      sources.add("backends[0].ref", new FieldRef(reference(document), "to"));
      backend = BackendRef.service(new ServiceKey(key.mesh(), key.namespace(), other));
    }
    var built = sources.build();
    return built.fields().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new HttpRule(
                "",
                false,
                List.of(),
                List.of(),
                List.of(WeightedBackend.only(backend)),
                new Timeouts(request, Optional.empty(), idle),
                Optional.empty(),
                Optional.empty(),
                built));
  }

  private static Optional<Duration> duration(
      Document document, String field, String path, Sources.Builder sources) {
    var value = Optional.ofNullable(document.content().get(field));
    value.ifPresent(given -> sources.add(path, new FieldRef(reference(document), field)));
    return value.map(given -> Duration.ofSeconds(Long.parseLong(given.toString())));
  }

  @Override
  public Translation write(Import service, WriteContext context) {
    if (service.export().labels().containsKey("refused")) {
      return new Translation.Refused(
          List.of(loss(service, "labels[refused]", Outcome.REFUSED, "its owner wants it so")));
    }
    var losses = new ArrayList<Loss>();
    var rules = new ArrayList<Object>();
    var http = service.export().traffic().http();
    for (int i = 0; i < http.size(); i++) {
      rule(service, i, http.get(i), losses).ifPresent(rules::add);
    }
    var content = new LinkedHashMap<String, Object>();
    content.put("Kind", "route");
    content.put("Name", service.service().name());
    content.put("name", service.name());
    content.put("port", service.export().ports().getFirst().number());
    content.put("version", context.version());
    content.put("rules", rules);
    content.put(
        "addresses",
        service.endpoints().endpoints().stream().map(endpoint -> endpoint.address()).toList());
    return new Translation.Written(List.of(new NativeDocument("route", content)), losses);
  }

  private static Optional<Object> rule(
      Import service, int index, HttpRule rule, List<Loss> losses) {
    var path = "traffic.http[" + index + "]";
    if (rule.timeouts().idle().isPresent()) {
      losses.add(
          loss(service, path + ".timeouts.idle", Outcome.DROPPED, "there are no idle timeouts"));
    }
    var written = new LinkedHashMap<String, Object>();
    rule.timeouts().request().ifPresent(time -> written.put("timeout", time.toSeconds()));
    var other = rule.backends().getFirst().ref().service();
    if (other.isEmpty()) {
      return Optional.of(written);
    }
    var name = service.names().get(other.get());
    if (name == null) {
      losses.add(
          loss(
              service,
              path + ".backends[0].ref",
              Outcome.DROPPED,
              "the target has no import of " + other.get()));
      return Optional.empty();
    }
    written.put("to", name);
    return Optional.of(written);
  }

  @Override
  public Optional<Ownership> ownership(Document document) {
    return Optional.empty();
  }

  private static Loss loss(Import service, String path, Outcome outcome, String reason) {
    return new Loss(Location.of("import " + service.service()), path, outcome, reason, "");
  }

  private static ServiceKey key(MeshDescriptor mesh, Object name) {
    return new ServiceKey(mesh.id(), "shop", name.toString());
  }

  private static String reference(Document document) {
    var content = document.content();
    return content.containsKey("route")
        ? "Route " + content.get("route")
        : "Service " + content.get("service");
  }
}
