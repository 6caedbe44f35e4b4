package io.meshbridge.it;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshbridge.testkit.consul.ConsulApiCalls;

/**
 * Thousands of exported services in a Consul, an instance with a check each, and changes to them.
 */
final class ManyServices {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NODES = 40;

  /** An agent takes 64 operations in a transaction. */
  private static final int SERVICES_PER_TRANSACTION = 32;

  private final ConsulApiCalls api;
  private int services;
  private int changes;
  private int newcomers;

  /**
   * A change.
   *
   * @param service whose
   * @param sign what its endpoints hold as soon as the change is seen, and not before
   */
  record Change(String service, String sign, Runnable make) {}

  ManyServices(ConsulApiCalls api) {
    this.api = api;
  }

  /** Adds services until there are so many. */
  void fill(int total) {
    for (int node = 0; services == 0 && node < NODES; node++) {
      var operations = JSON.createArrayNode();
      operations
          .addObject()
          .putObject("Node")
          .put("Verb", "set")
          .putObject("Node")
          .put("Node", "node-" + node)
          .put("Address", "10.8.0." + (node + 1));
      api.put("/v1/txn", operations.toString());
    }
    // What changes have added counts as well.
    while (services + newcomers < total) {
      var operations = JSON.createArrayNode();
      for (int i = 0; i < SERVICES_PER_TRANSACTION && services + newcomers < total; i++) {
        add(operations, services++);
      }
      api.put("/v1/txn", operations.toString());
    }
  }

  private static void add(ArrayNode operations, int number) {
    var service = operations.addObject().putObject("Service").put("Verb", "set");
    service.put("Node", node(number));
    describe(service.putObject("Service"), name(number), "a", address(10, number));
    var check = operations.addObject().putObject("Check").put("Verb", "set").putObject("Check");
    check.put("Node", node(number));
    describeCheck(check, name(number), "passing");
  }

  /** One more change that was not made yet: of an address, an instance, a service or a check. */
  Change next() {
    int number = changes++;
    var address = address(77, number);
    return switch (number % 4) {
      case 0 -> new Change(name(number), address, () -> register(number, "a", address));
      case 1 -> new Change(name(number), address, () -> register(number, "b", address));
      case 2 -> {
        newcomers++;
        yield new Change("new-" + number, address, () -> register("new-" + number, 0, address));
      }
      default -> new Change(name(number), "not-ready", () -> failCheck(number));
    };
  }

  private void register(int number, String instance, String address) {
    var registration = registration(instance.equals("a") ? number : number + 1);
    describe(registration.putObject("Service"), name(number), instance, address);
    api.put("/v1/catalog/register", registration.toString());
  }

  private void register(String name, int node, String address) {
    var registration = registration(node);
    describe(registration.putObject("Service"), name, "a", address);
    api.put("/v1/catalog/register", registration.toString());
  }

  private void failCheck(int number) {
    var registration = registration(number);
    describeCheck(registration.putObject("Check"), name(number), "critical");
    api.put("/v1/catalog/register", registration.toString());
  }

  private static ObjectNode registration(int number) {
    return JSON.createObjectNode().put("Node", node(number)).put("SkipNodeUpdate", true);
  }

  private static void describe(ObjectNode service, String name, String instance, String address) {
    service
        .put("ID", name + "-" + instance)
        .put("Service", name)
        .put("Address", address)
        .put("Port", 8080)
        .putObject("Meta")
        .put("meshbridge-export", "true");
  }

  private static void describeCheck(ObjectNode check, String service, String status) {
    check
        .put("CheckID", "check-" + service)
        .put("ServiceID", service + "-a")
        .put("Name", "alive")
        .put("Status", status);
  }

  private static String name(int number) {
    return "svc-" + number;
  }

  private static String node(int number) {
    return "node-" + number % NODES;
  }

  private static String address(int second, int number) {
    return "10." + second + "." + number / 250 + "." + (number % 250 + 1);
  }
}
