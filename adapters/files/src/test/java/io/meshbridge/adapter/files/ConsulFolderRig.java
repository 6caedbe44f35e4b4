package io.meshbridge.adapter.files;

import io.meshbridge.adapter.consul.ConsulAdapter;
import io.meshbridge.model.Import;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.testkit.contract.HomeService;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A folder of catalog registrations, as people keep a Consul datacenter in Git. */
final class ConsulFolderRig extends FolderRig {
  private static final String EXPORT = "meshbridge-export";

  ConsulFolderRig() {
    super(new ConsulAdapter());
  }

  @Override
  String text(HomeService service) {
    return text(service, Map.of(), "");
  }

  @Override
  ServiceKey key(String name) {
    return new ServiceKey(mesh().id(), "default", name);
  }

  @Override
  public boolean putMirrored(HomeService service) {
    write("mirrored.json", text(service, Map.of("external-source", "kubernetes"), ""));
    var tagged =
        new HomeService(service.name() + "-tagged", true, service.labels(), service.addresses());
    write("tagged.json", text(tagged, Map.of(), "\"k8s\""));
    return true;
  }

  @Override
  public Set<ServiceKey> putStrange() {
    var strange = new HashSet<ServiceKey>();
    for (String name : new String[] {"x", "Web_Shop", "größe-🚀", "a b/c", "n".repeat(253)}) {
      write("strange-" + strange.size() + ".json", text(HomeService.marked(name, "10.1.1.1")));
      strange.add(key(name));
    }
    write(
        "tags.json",
        """
        {"Name": "tags", "Port": 80, "Address": "10.1.1.2",
         "Tags": ["größe=🚀", "=", "", 7, null, "long=%s"],
         "Meta": {"meshbridge-export": "true", "n": 7, "long": "%s", "none": null, "list": [1]}}
        """
            .formatted("x".repeat(50_000), "ä".repeat(100_000)));
    strange.add(key("tags"));
    write(
        "portless.json",
        """
        {"Name": "portless", "Port": "eighty", "Meta": {"meshbridge-export": "true"}}
        """);
    strange.add(key("portless"));
    return strange;
  }

  @Override
  public String importName(ServiceKey service) {
    return service.name() + "-" + service.mesh();
  }

  @Override
  Map<String, Object> exported(Map<String, Object> document) {
    if (!document.containsKey("Service")) {
      // An entry of configuration: the service that it is of bears the mark.
      return document;
    }
    var content = new LinkedHashMap<>(document);
    var service = mapIn(content, "Service");
    var meta = mapIn(service, "Meta");
    meta.put(EXPORT, "true");
    service.put("Meta", meta);
    content.put("Service", service);
    return content;
  }

  @Override
  ServiceKey exportedKey(Import imported) {
    return key(imported.name());
  }

  @Override
  String foreignText() {
    return """
    {"Name": "theirs", "Port": 80, "Address": "10.7.7.7"}
    """;
  }

  private static String text(HomeService service, Map<String, String> more, String tags) {
    var meta = new TreeMap<>(service.labels());
    meta.putAll(more);
    if (service.marked()) {
      meta.put(EXPORT, "true");
    }
    var metaText =
        meta.entrySet().stream()
            .map(entry -> "\"" + entry.getKey() + "\": \"" + entry.getValue() + "\"")
            .collect(Collectors.joining(", "));
    return service.addresses().stream()
        .map(
            address ->
                """
                {"Node": "people", "Address": "10.255.0.1",
                 "Service": {"ID": "%1$s-%2$s", "Service": "%1$s", "Address": "%2$s", "Port": 8080,
                             "Tags": [%3$s], "Meta": {%4$s}}}
                """
                    .formatted(service.name(), address, tags, metaText))
        .collect(Collectors.joining());
  }
}
