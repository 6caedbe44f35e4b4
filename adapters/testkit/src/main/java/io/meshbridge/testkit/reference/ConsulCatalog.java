package io.meshbridge.testkit.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/** The instances of a Consul datacenter, out of registrations and definitions. */
final class ConsulCatalog {
  private final List<Instance> instances = new ArrayList<>();

  /**
   * One instance.
   *
   * @param status the worst of its checks
   */
  record Instance(
      String service,
      String address,
      int port,
      SortedMap<String, String> meta,
      List<String> tags,
      String status) {
    boolean isServing(boolean onlyPassing) {
      return status.equals("passing") || (status.equals("warning") && !onlyPassing);
    }

    String endpoint() {
      return address + ":" + port;
    }
  }

  ConsulCatalog(List<Native> documents) {
    documents.forEach(this::add);
  }

  List<Instance> of(String service) {
    return instances.stream().filter(instance -> instance.service().equals(service)).toList();
  }

  private void add(Native document) {
    var service = document.at("service");
    if (document.at("services").value() instanceof List && !document.at("kind").exists()) {
      document.at("services").list().forEach(each -> add(each, each.at("checks"), ""));
    } else if (!service.entries().isEmpty()) {
      var checks = document.at("node").exists() ? document.at("checks") : service.at("checks");
      add(service, checks, document.at("address").text());
    }
  }

  private void add(Native service, Native checks, String nodeAddress) {
    instances.add(
        new Instance(
            service.at("service").textOr(service.at("name").text()),
            service.at("address").textOr(nodeAddress),
            service.at("port").number(0),
            service.at("meta").textEntries(),
            service.at("tags").texts(),
            statusOf(checks)));
  }

  private static String statusOf(Native checks) {
    var statuses =
        checks.list().stream()
            .map(check -> check.at("status").text().toLowerCase(Locale.ROOT))
            .toList();
    if (statuses.contains("critical")) {
      return "critical";
    }
    return statuses.contains("warning") ? "warning" : "passing";
  }
}
