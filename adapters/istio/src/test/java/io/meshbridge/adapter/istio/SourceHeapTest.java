package io.meshbridge.adapter.istio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshbridge.spi.Observation;
import io.meshbridge.spi.Source;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import java.lang.management.ManagementFactory;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** How much memory a source needs for what it reads, and that it keeps nothing else. */
class SourceHeapTest {
  private static final Logger LOG = Logger.getLogger(SourceHeapTest.class);
  private static final int SERVICES = 10_000;
  private static final int NAMESPACES = 20;
  // Of a Service with its slice and its two pods: 5 kB were seen. With the Services' annotations it
  // would be 9 kB, with the slices' managed fields 21 kB.
  private static final long MOST_BYTES_PER_SERVICE = 8_000;

  private static final String LAST_APPLIED = "{}".repeat(2_000);

  // Shared by all objects, so that the API in memory holds them once; whoever reads does not know.
  private final JsonNode environment = environment();
  private final JsonNode serviceFields = managedFields(2, 25);
  private final JsonNode podFields = managedFields(2, 40);

  @Test
  void keepsAFewKilobytesOfAServiceWithItsSliceAndPodsAndNoManagedFields() throws Exception {
    try (var api = KubernetesTestApi.startInMemory();
        var connection = new Cluster(api).connect()) {
      for (int i = 0; i < SERVICES; i++) {
        putService(api, i);
      }
      long before = heapAfterGc();
      var read = new CountDownLatch(1);
      var reader = run(connection.source(), read);
      try {
        assertThat(read.await(60, TimeUnit.SECONDS)).isTrue();
        long perService = (heapAfterGc() - before) / SERVICES;
        LOG.infof(
            "source heap services=%d slices=%d pods=%d bytes_per_service=%d",
            SERVICES, SERVICES, 2 * SERVICES, perService);
        assertThat(perService).isBetween(100L, MOST_BYTES_PER_SERVICE);
      } finally {
        reader.interrupt();
        reader.join();
      }
    }
  }

  /** What is told is dropped: whoever hears it keeps it for himself. */
  private static Thread run(Source source, CountDownLatch read) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                source.run(
                    told -> {
                      if (told instanceof Observation.Complete) {
                        read.countDown();
                      }
                    });
              } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private static long heapAfterGc() {
    var memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  private void putService(KubernetesTestApi api, int number) {
    var name = "service-" + number;
    var service = object("Service", number, name, serviceFields);
    labels(service).put("meshbridge.io/export", "true").put("app", name);
    var spec = service.putObject("spec").put("type", "ClusterIP");
    spec.put("clusterIP", "10.96." + number / 250 + "." + number % 250);
    spec.putObject("selector").put("app", name);
    spec.putArray("ports").add(port("http-web").put("targetPort", 8080));
    api.put("services.", service);

    var slice = object("EndpointSlice", number, name + "-abcde", serviceFields);
    slice.put("addressType", "IPv4");
    labels(slice).put("kubernetes.io/service-name", name);
    slice.putArray("ports").add(port("http-web").put("port", 8080));
    var endpoints = slice.putArray("endpoints");
    for (int i = 0; i < 2; i++) {
      var pod = name + "-7d4b9c-" + i;
      var address = "10." + (i + 1) + "." + number / 250 + "." + number % 250;
      var endpoint = endpoints.addObject();
      endpoint.putArray("addresses").add(address);
      endpoint.putObject("conditions").put("ready", true).put("serving", true);
      endpoint.putObject("targetRef").put("kind", "Pod").put("name", pod);
      endpoint.put("nodeName", "node-" + number % 200).put("zone", "zone-" + number % 3);
      api.put("pods.", pod(number, name, pod, address));
    }
    api.put("endpointslices.discovery.k8s.io", slice);
  }

  private ObjectNode pod(int number, String app, String name, String address) {
    var pod = object("Pod", number, name, podFields);
    labels(pod).put("app", app).put("pod-template-hash", "7d4b9c");
    var containers = pod.putObject("spec").putArray("containers");
    for (String container : new String[] {app, "istio-proxy"}) {
      containers.addObject().put("name", container).set("env", environment);
    }
    pod.putObject("status").put("podIP", address).put("phase", "Running");
    return pod;
  }

  private static JsonNode environment() {
    var all = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < 20; i++) {
      all.addObject().put("name", "SETTING_" + i).put("value", "a value of some length");
    }
    return all;
  }

  private static ObjectNode object(String kind, int number, String name, JsonNode fields) {
    var object = JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", kind);
    var metadata = object.putObject("metadata");
    metadata.put("namespace", "many-" + number % NAMESPACES).put("name", name);
    metadata.put("uid", UUID.randomUUID().toString());
    metadata.put("creationTimestamp", "2026-01-01T00:00:00Z");
    metadata
        .putObject("annotations")
        .put("kubectl.kubernetes.io/last-applied-configuration", LAST_APPLIED);
    metadata.set("managedFields", fields);
    return object;
  }

  private static ObjectNode labels(ObjectNode object) {
    return ((ObjectNode) object.get("metadata")).withObjectProperty("labels");
  }

  private static ObjectNode port(String name) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", name)
        .put("port", 80)
        .put("protocol", "TCP");
  }

  /** Of so many managers with so many fields each, about 60 bytes a field. */
  private static JsonNode managedFields(int managers, int fields) {
    var all = JsonNodeFactory.instance.arrayNode();
    for (int manager = 0; manager < managers; manager++) {
      var entry = all.addObject().put("manager", "manager-" + manager).put("operation", "Update");
      entry.put("apiVersion", "v1").put("fieldsType", "FieldsV1");
      var spec = entry.putObject("fieldsV1").putObject("f:spec");
      for (int field = 0; field < fields; field++) {
        spec.putObject("k:{\"name\":\"part-of-the-object-" + field + "\"}").putObject("f:value");
      }
    }
    return all;
  }
}
