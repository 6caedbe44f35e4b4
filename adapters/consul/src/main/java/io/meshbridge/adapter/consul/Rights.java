package io.meshbridge.adapter.consul;

import io.meshbridge.spi.MeshUnavailableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether our token may read everything. Consul does not refuse what a token may not see: it leaves
 * it out. New servers say so in a header; old ones (1.8) do not, so they are asked outright. A
 * thing that vanished is asked for by its name too, since a rule for one name is not seen in the
 * rule for all.
 */
final class Rights {
  private static final String PATH = "/v1/internal/acl/authorize";
  private static final int AT_ONCE = 60;
  private final ConsulHttp http;

  Rights(ConsulHttp http) {
    this.http = http;
  }

  /**
   * Returns if all services and nodes may be read, or if nobody is asked for rights.
   *
   * @throws MeshUnavailableException naming the right that is missing
   */
  void requireReadAll() throws MeshUnavailableException, InterruptedException {
    require(List.of(read("service", ""), read("node", ""), read("intention", "")));
  }

  /** The same, also for these services and nodes by name. */
  void requireRead(Collection<String> services, Collection<String> nodes)
      throws MeshUnavailableException, InterruptedException {
    var wanted = new ArrayList<Map<String, Object>>();
    wanted.add(read("service", ""));
    wanted.add(read("node", ""));
    services.forEach(name -> wanted.add(read("service", name)));
    nodes.forEach(name -> wanted.add(read("node", name)));
    for (int from = 0; from < wanted.size(); from += AT_ONCE) {
      require(wanted.subList(from, Math.min(wanted.size(), from + AT_ONCE)));
    }
  }

  private void require(List<Map<String, Object>> wanted)
      throws MeshUnavailableException, InterruptedException {
    var answer = http.post(PATH, wanted);
    switch (answer.status()) {
      case 200 -> {
        for (var right : Fields.objects(answer.body())) {
          if (!Fields.flag(right, "Allow")) {
            throw new MeshUnavailableException(
                "the token may not read everything: it needs " + describe(right));
          }
        }
      }
      // ACLs are switched off.
      case 401 -> {}
      // A server without this call is new enough to say in a header what it leaves out.
      case 404, 405 -> {}
      default ->
          throw new MeshUnavailableException(
              "POST " + PATH + " answered " + answer.status() + ": " + answer.excerpt());
    }
  }

  private static String describe(Map<String, Object> right) {
    var resource = Fields.text(right, "Resource");
    var segment = Fields.text(right, "Segment");
    return segment.isEmpty()
        ? resource + "_prefix \"\" { policy = \"read\" }"
        : resource + " \"" + segment + "\" { policy = \"read\" }";
  }

  private static Map<String, Object> read(String resource, String segment) {
    var right = new LinkedHashMap<String, Object>();
    right.put("Resource", resource);
    right.put("Segment", segment);
    right.put("Access", "read");
    return right;
  }
}
