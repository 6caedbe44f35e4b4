package io.meshbridge.adapter.consul;

import io.meshbridge.adapter.consul.traffic.ConfigEntry;
import io.meshbridge.adapter.consul.traffic.ConfigKind;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.TrustBundle;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.Observation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The reads of Consul's API that source and sink share. None returns what was filtered. */
final class CatalogApi {
  static final String SERVICES = "/v1/catalog/services";
  static final String CHECKS = "/v1/health/state/any";
  static final String INTENTIONS = "/v1/connect/intentions";

  private final ConsulHttp http;
  private final ReadMode mode;

  CatalogApi(ConsulHttp http, ReadMode mode) {
    this.http = http;
    this.mode = mode;
  }

  /** Where one service's health is read. */
  static String healthPath(String service) {
    return "/v1/health/service/" + encode(service);
  }

  /** Where all config entries of a kind are read. */
  static String configPath(ConfigKind kind) {
    return "/v1/config/" + kind.word();
  }

  static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The tags of all services by name, out of an answer to {@link #SERVICES}. */
  static SortedMap<String, List<String>> services(Answer answer) throws MeshUnavailableException {
    requireWhole(answer, SERVICES);
    var services = new TreeMap<String, List<String>>();
    Fields.asObject(answer.body())
        .forEach(
            (name, tags) ->
                services.put(name, Fields.asList(tags).stream().map(Fields::textOf).toList()));
    return services;
  }

  /**
   * An answer to {@link #SERVICES} to begin with, from a leader that has caught up, whatever the
   * mode: one that has just come up would leave out what it has not taken in yet. What it answers
   * after this is at least as new.
   */
  Answer servicesForCertain() throws MeshUnavailableException, InterruptedException {
    return http.get(SERVICES, ReadMode.CONSISTENT.with());
  }

  /** All that stands under a service name, with the indexes that a check-and-set needs. */
  List<Standing> standing(String service) throws MeshUnavailableException, InterruptedException {
    return Standing.of(whole(healthPath(service)).body());
  }

  /** All instances of a service, none if there is no such service, out of what was read of it. */
  static List<Instance> instances(Answer answer, String service) throws MeshUnavailableException {
    requireWhole(answer, healthPath(service));
    return InstanceReader.healthEntries(answer.body());
  }

  /**
   * Refuses an answer out of which the server left something.
   *
   * @throws MeshUnavailableException naming the read
   */
  static void requireWhole(Answer answer, String path) throws MeshUnavailableException {
    if (answer.filtered()) {
      throw new MeshUnavailableException(
          "the token may not see all of "
              + path
              + ": give it service_prefix \"\" and node_prefix \"\" with policy \"read\"");
    }
  }

  /** How traffic flows, and intentions. */
  MeshConfig config() throws MeshUnavailableException, InterruptedException {
    var config = new MeshConfig.Builder();
    for (ConfigKind kind : ConfigKind.values()) {
      entries(kind).forEach(entry -> ConfigEntry.live(entry).ifPresent(config::add));
    }
    Fields.objects(whole(INTENTIONS).body()).forEach(config::addIntention);
    return config.build();
  }

  /** All config entries of a kind. */
  List<Map<String, Object>> entries(ConfigKind kind)
      throws MeshUnavailableException, InterruptedException {
    return Fields.objects(whole(configPath(kind)).body());
  }

  /** What the datacenter says of itself; what our token may not read of that stays as given. */
  MeshDescriptor describe(MeshDescriptor given, Observation.Trusted trusted)
      throws MeshUnavailableException, InterruptedException {
    var version = version();
    return new MeshDescriptor(
        given.id(),
        given.kind(),
        version.isEmpty() ? given.version() : version,
        trusted.trustDomain().isEmpty() ? given.trustDomain() : trusted.trustDomain(),
        given.network());
  }

  /** What the agent says that it is; empty if our token may not read that. */
  String version() throws MeshUnavailableException, InterruptedException {
    return Fields.text(Fields.object(optional("/v1/agent/self"), "Config"), "Version");
  }

  /**
   * What Connect's identities chain to: all roots, since while they rotate more than the active one
   * counts. Without trust domain and roots where Connect is off.
   */
  Observation.Trusted trusted() throws MeshUnavailableException, InterruptedException {
    var answer = optional("/v1/connect/ca/roots");
    var certificates = new TreeSet<String>();
    for (var root : Fields.objects(answer.getOrDefault("Roots", List.of()))) {
      certificates.addAll(TrustBundle.rootsIn(Fields.text(root, "RootCert")));
    }
    return new Observation.Trusted(Fields.text(answer, "TrustDomain"), certificates);
  }

  /** Nodes that bear all of these node meta. */
  List<Map<String, Object>> nodesWith(Map<String, String> meta)
      throws MeshUnavailableException, InterruptedException {
    var query = new ArrayList<String>();
    meta.forEach((key, value) -> query.addAll(List.of("node-meta", key + ":" + value)));
    return nodes(query.toArray(new String[0]));
  }

  /** The node of this name; empty if there is none. */
  List<Map<String, Object>> nodeNamed(String name)
      throws MeshUnavailableException, InterruptedException {
    return nodes("filter", "Node == \"" + name + "\"");
  }

  private List<Map<String, Object>> nodes(String... query)
      throws MeshUnavailableException, InterruptedException {
    return Fields.objects(whole("/v1/catalog/nodes", query).body());
  }

  /** The names of all nodes. */
  List<String> nodeNames() throws MeshUnavailableException, InterruptedException {
    return nodes().stream().map(node -> Fields.text(node, "Node")).toList();
  }

  /** A node with its services, as {@code {Node, Services}}; empty if there is none. */
  Map<String, Object> node(String name) throws MeshUnavailableException, InterruptedException {
    return Fields.asObject(whole("/v1/catalog/node/" + encode(name)).body());
  }

  /** The checks of a node, also those of no service. */
  List<Map<String, Object>> checksOn(String node)
      throws MeshUnavailableException, InterruptedException {
    return Fields.objects(whole("/v1/health/node/" + encode(node)).body());
  }

  /**
   * A read out of which nothing may be left.
   *
   * @throws MeshUnavailableException also if something was
   */
  Answer whole(String path, String... query) throws MeshUnavailableException, InterruptedException {
    var answer = http.get(path, mode.with(query));
    requireWhole(answer, path);
    return answer;
  }

  private Map<String, Object> optional(String path)
      throws MeshUnavailableException, InterruptedException {
    var answer = http.tryGet(path);
    // Not being told the version is no reason not to work; Connect may be switched off.
    if (answer.status() == 429 || answer.status() >= 502) {
      throw new MeshUnavailableException(
          "GET " + path + " answered " + answer.status() + ": " + answer.excerpt());
    }
    return answer.isOk() ? Fields.asObject(answer.body()) : Map.of();
  }
}
