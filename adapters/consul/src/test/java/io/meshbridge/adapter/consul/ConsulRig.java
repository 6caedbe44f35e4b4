package io.meshbridge.adapter.consul;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshbridge.adapter.consul.traffic.ConfigKind;
import io.meshbridge.adapter.consul.traffic.ServiceName;
import io.meshbridge.model.Import;
import io.meshbridge.model.Location;
import io.meshbridge.model.Marks;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Settings;
import io.meshbridge.spi.Translation;
import io.meshbridge.spi.Translator;
import io.meshbridge.testkit.Samples;
import io.meshbridge.testkit.consul.ConsulAgent;
import io.meshbridge.testkit.contract.HomeService;
import io.meshbridge.testkit.contract.MeshRig;
import io.meshbridge.testkit.contract.NativeObject;
import io.meshbridge.testkit.contract.Tampering;
import io.meshbridge.testkit.kubernetes.LoopbackProxy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A Consul datacenter: a real agent, behind a line that can be cut. People's services are on a
 * catalog node of their own, so that no agent puts them back.
 */
final class ConsulRig implements MeshRig {
  private static final String PEOPLE = "people";
  private static final String CONFIG = "config/";
  private static final int OPERATIONS_AT_ONCE = 64;
  private static final Set<String> VOLATILE = Set.of("CreateIndex", "ModifyIndex");

  private final MeshDescriptor mesh = Samples.mesh("here", "consul");
  private final ConsulAdapter adapter = new ConsulAdapter();
  private final ObjectMapper json = new ObjectMapper();
  private final ConsulAgent agent = ConsulAgent.start();
  private final LoopbackProxy line = new LoopbackProxy(agent.url().getPort());

  @Override
  public MeshDescriptor mesh() {
    return mesh;
  }

  @Override
  public Translator translator() {
    return adapter.translator();
  }

  @Override
  public MeshConnection connect() {
    return adapter.connect(
        Settings.check(
            adapter.settings(),
            Map.of("url", "http://127.0.0.1:" + line.port(), "retry-max", "1s")),
        new ConnectionContext(Samples.FEDERATION, mesh, Clock.systemUTC()));
  }

  @Override
  public void clear() {
    line.unblock();
    for (var node : list("/v1/catalog/nodes")) {
      if (!"agent".equals(node.get("Node"))) {
        put("/v1/catalog/deregister", Map.of("Node", node.get("Node")));
      }
    }
    for (ConfigKind kind : ConfigApi.KINDS.reversed()) {
      for (var entry : list(CatalogApi.configPath(kind))) {
        delete(CONFIG + kind.word() + "/" + entry.get("Name"));
      }
    }
    put("/v1/catalog/register", Map.of("Node", PEOPLE, "Address", "10.255.0.1"));
  }

  @Override
  public ServiceKey put(HomeService service) {
    var instances = instancesOf(service, Map.of(), List.of());
    var gone = idsOf(service);
    instances.forEach(instance -> gone.remove(String.valueOf(instance.get("ID"))));
    instances.forEach(this::register);
    gone.forEach(this::deregister);
    return key(service.name());
  }

  @Override
  public void putAll(List<HomeService> services) {
    var operations = new ArrayList<Map<String, Object>>();
    for (HomeService service : services) {
      for (var instance : instancesOf(service, Map.of(), List.of())) {
        operations.add(
            Map.of("Service", Map.of("Verb", "set", "Node", PEOPLE, "Service", instance)));
      }
    }
    for (int from = 0; from < operations.size(); from += OPERATIONS_AT_ONCE) {
      var to = Math.min(operations.size(), from + OPERATIONS_AT_ONCE);
      put("/v1/txn", operations.subList(from, to));
    }
  }

  @Override
  public void remove(HomeService service) {
    idsOf(service).forEach(this::deregister);
  }

  @Override
  public boolean putMirrored(HomeService service) {
    instancesOf(service, Map.of("external-source", "kubernetes"), List.of())
        .forEach(this::register);
    var tagged =
        new HomeService(service.name() + "-tagged", true, service.labels(), service.addresses());
    instancesOf(tagged, Map.of(), List.of("k8s")).forEach(this::register);
    return true;
  }

  @Override
  public ServiceKey putExported(Import imported) {
    var context = new Translator.WriteContext(Samples.FEDERATION, mesh.id(), "");
    var written = (Translation.Written) translator().write(imported, context);
    for (NativeDocument document : written.documents()) {
      if (document.content().containsKey("Kind")) {
        put("/v1/config", document.content());
        continue;
      }
      var registration = new LinkedHashMap<>(document.content());
      var service = Fields.object(registration, "Service");
      var meta = new TreeMap<String, Object>(Fields.texts(service, "Meta"));
      meta.put(Marks.CONSUL.export(), "true");
      service.put("Meta", meta);
      registration.put("Service", service);
      put("/v1/catalog/register", registration);
    }
    return key(imported.name());
  }

  @Override
  public Set<ServiceKey> putStrange() {
    var strange = new HashSet<ServiceKey>();
    for (String name :
        List.of(
            "x",
            "Web_Shop",
            "a.b",
            "two words",
            "größe-🚀",
            "a/b",
            "100%25",
            "q?x=1",
            "n".repeat(200))) {
      instancesOf(HomeService.marked(name, "10.1.1.1"), Map.of(), List.of())
          .forEach(this::register);
      strange.add(key(name));
    }
    var labelled = HomeService.marked("labelled", "10.1.1.2");
    instancesOf(
            labelled,
            Map.of("long", "ä".repeat(256), "emoji", "🚀", "empty", ""),
            List.of("größe=überall", "=", "", "long=" + "x".repeat(50_000), "\u0000", "a\nb"))
        .forEach(this::register);
    strange.add(key("labelled"));
    var portless =
        new LinkedHashMap<>(
            instancesOf(HomeService.marked("portless", "10.1.1.3"), Map.of(), List.of())
                .getFirst());
    portless.put("Port", 0);
    register(portless);
    strange.add(key("portless"));
    var addressless =
        new LinkedHashMap<>(
            instancesOf(HomeService.marked("addressless", "x"), Map.of(), List.of()).getFirst());
    addressless.put("Address", "");
    register(addressless);
    strange.add(key("addressless"));
    return strange;
  }

  @Override
  public void breakReading() {
    line.block();
  }

  @Override
  public void restoreReading() {
    line.unblock();
  }

  @Override
  public String importName(ServiceKey service) {
    return service.name() + "-" + service.mesh();
  }

  @Override
  public SortedMap<String, NativeObject> objects() {
    var objects = new TreeMap<String, NativeObject>();
    for (String name : object("/v1/catalog/services").keySet()) {
      if (!name.equals("consul")) {
        for (var entry : list("/v1/health/service/" + encoded(name))) {
          var node = Fields.text(Fields.object(entry, "Node"), "Node");
          var reference = node + "/" + Fields.text(Fields.object(entry, "Service"), "ID");
          objects.put(
              reference,
              new NativeObject(
                  versionOf(entry),
                  new Document(Location.of(reference), asObject(stable(entry)), Map.of())));
        }
      }
    }
    for (ConfigKind kind : ConfigApi.KINDS) {
      for (var entry : list(CatalogApi.configPath(kind))) {
        var reference = CONFIG + kind.word() + "/" + entry.get("Name");
        objects.put(
            reference,
            new NativeObject(
                String.valueOf(Fields.index(entry, "ModifyIndex")),
                new Document(Location.of(reference), asObject(stable(entry)), Map.of())));
      }
    }
    return objects;
  }

  @Override
  public String occupy(Import wanted) {
    put(
        "/v1/catalog/register",
        Map.of(
            "Node", "elsewhere",
            "Address", "10.255.0.2",
            "Service",
                Map.of(
                    "ID", "theirs", "Service", wanted.name(), "Address", "10.7.7.7", "Port", 1)));
    return "elsewhere/theirs";
  }

  @Override
  public void delete(String object) {
    if (object.startsWith(CONFIG)) {
      agent.api().delete("/v1/config/" + object.substring(CONFIG.length()));
      return;
    }
    var slash = object.indexOf('/');
    put(
        "/v1/catalog/deregister",
        Map.of("Node", object.substring(0, slash), "ServiceID", object.substring(slash + 1)));
  }

  @Override
  public List<Tampering> tamperings(Import standing) {
    return List.of(
        service(standing, "Address", service -> service.put("Address", "10.9.9.9")),
        service(standing, "Port", service -> service.put("Port", 81)),
        service(standing, "Tags", service -> service.put("Tags", List.of("theirs"))),
        service(standing, "Weights", s -> s.put("Weights", Map.of("Passing", 7, "Warning", 1))),
        service(standing, "Meta: one more", service -> meta(service).put("theirs", "x")),
        service(
            standing,
            "Meta: the content hash",
            service -> meta(service).put(Marks.CONSUL.of("content-hash"), "x")),
        new Tampering(
            "the protocol", () -> config(standing, entry -> entry.put("Protocol", "http2"))),
        new Tampering(
            "a field of the entry that we do not write",
            () -> config(standing, entry -> entry.put("ExternalSNI", "theirs.example"))),
        new Tampering(
            "the entry's meta: one more",
            () -> config(standing, entry -> meta(entry).put("x", "y"))),
        new Tampering("the node's address", () -> node(standing, "10.255.0.9")),
        new Tampering("the check's status", () -> check(standing, "critical")),
        new Tampering(
            "the check itself",
            () ->
                put(
                    "/v1/catalog/deregister",
                    Map.of(
                        "Node",
                        Fields.text(Fields.object(first(standing), "Node"), "Node"),
                        "CheckID",
                        Fields.text(checkOf(first(standing)), "CheckID")))));
  }

  @Override
  public void close() {
    line.close();
    agent.close();
  }

  private Tampering service(Import standing, String field, Consumer<Map<String, Object>> change) {
    return new Tampering(
        field,
        () -> {
          var entry = first(standing);
          var service = Fields.object(entry, "Service");
          change.accept(service);
          put(
              "/v1/catalog/register",
              Map.of(
                  "Node", Fields.text(Fields.object(entry, "Node"), "Node"),
                  "SkipNodeUpdate", true,
                  "Service", stable(service)));
        });
  }

  private void config(Import standing, Consumer<Map<String, Object>> change) {
    var entry = object("/v1/config/service-defaults/" + encoded(standing.name()));
    change.accept(entry);
    put("/v1/config", stable(entry));
  }

  private void node(Import standing, String address) {
    var node = Fields.object(first(standing), "Node");
    put(
        "/v1/catalog/register",
        Map.of(
            "ID", Fields.text(node, "ID"),
            "Node", Fields.text(node, "Node"),
            "Address", address,
            "NodeMeta", Fields.texts(node, "Meta")));
  }

  private void check(Import standing, String status) {
    var entry = first(standing);
    var check = checkOf(entry);
    check.put("Status", status);
    put(
        "/v1/catalog/register",
        Map.of(
            "Node", Fields.text(Fields.object(entry, "Node"), "Node"),
            "SkipNodeUpdate", true,
            "Check", stable(check)));
  }

  private Map<String, Object> checkOf(Map<String, Object> entry) {
    return Fields.objects(Fields.list(entry, "Checks")).stream()
        .filter(check -> !Fields.text(check, "ServiceID").isEmpty())
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, Object> meta(Map<String, Object> service) {
    var meta = new TreeMap<String, Object>(Fields.texts(service, "Meta"));
    service.put("Meta", meta);
    return meta;
  }

  private Map<String, Object> first(Import standing) {
    return list("/v1/health/service/" + encoded(standing.name())).getFirst();
  }

  private static List<Map<String, Object>> instancesOf(
      HomeService service, Map<String, String> more, List<String> tags) {
    var instances = new ArrayList<Map<String, Object>>();
    var meta = new TreeMap<>(service.labels());
    // Meta values of this Consul have at most 512 bytes.
    meta.replaceAll((key, value) -> value.substring(0, Math.min(value.length(), 100)));
    meta.putAll(more);
    if (service.marked()) {
      meta.put(Marks.CONSUL.export(), "true");
    }
    for (String address : service.addresses()) {
      instances.add(
          Map.of(
              "ID",
              service.name() + "-" + address,
              "Service",
              service.name(),
              "Address",
              address,
              "Port",
              HomeService.PORT,
              "Tags",
              tags,
              "Meta",
              meta));
    }
    return instances;
  }

  private Set<String> idsOf(HomeService service) {
    var ids = new HashSet<String>();
    for (var there : list("/v1/catalog/service/" + encoded(service.name()))) {
      ids.add(Fields.text(there, "ServiceID"));
    }
    return ids;
  }

  private void register(Map<String, Object> service) {
    put("/v1/catalog/register", Map.of("Node", PEOPLE, "SkipNodeUpdate", true, "Service", service));
  }

  private void deregister(String id) {
    put("/v1/catalog/deregister", Map.of("Node", PEOPLE, "ServiceID", id));
  }

  private ServiceKey key(String name) {
    return new ServiceKey(mesh.id(), ServiceName.DEFAULT_NAMESPACE, name);
  }

  /** The indexes of the service and of its checks: one of them moves with every write. */
  private static String versionOf(Map<String, Object> entry) {
    var version =
        new StringBuilder().append(Fields.index(Fields.object(entry, "Service"), "ModifyIndex"));
    Fields.objects(Fields.list(entry, "Checks"))
        .forEach(check -> version.append('/').append(Fields.index(check, "ModifyIndex")));
    return version.toString();
  }

  private static Object stable(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        var stable = new TreeMap<String, Object>();
        map.forEach(
            (key, item) -> {
              if (item != null && !VOLATILE.contains(String.valueOf(key))) {
                stable.put(String.valueOf(key), stable(item));
              }
            });
        yield stable;
      }
      case List<?> list -> {
        var stable = new ArrayList<Object>();
        list.forEach(item -> stable.add(stable(item)));
        yield stable;
      }
      default -> value;
    };
  }

  private static Map<String, Object> asObject(Object value) {
    return Fields.asObject(value);
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private void put(String path, Object body) {
    try {
      agent.api().put(path, json.writeValueAsString(body));
    } catch (JsonProcessingException unsayable) {
      throw new IllegalArgumentException(unsayable);
    }
  }

  private Map<String, Object> object(String path) {
    return read(path, new TypeReference<>() {});
  }

  private List<Map<String, Object>> list(String path) {
    return read(path, new TypeReference<>() {});
  }

  private <T> T read(String path, TypeReference<T> type) {
    try {
      return json.readValue(agent.api().get(path), type);
    } catch (JsonProcessingException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
