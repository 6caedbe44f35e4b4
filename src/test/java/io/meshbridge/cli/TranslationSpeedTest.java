package io.meshbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.adapter.consul.ConsulAdapter;
import io.meshbridge.adapter.istio.IstioAdapter;
import io.meshbridge.config.Adapters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranslationSpeedTest {
  private static final int SERVICES = 250;
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final String DOCUMENTS =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: web-%1$d, namespace: shop, labels: {app: web-%1$d}}
      spec: {ports: [{name: http, port: 80, targetPort: 8080}]}
      ---
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata:
        name: web-%1$d-a
        namespace: shop
        labels: {kubernetes.io/service-name: web-%1$d}
      addressType: IPv4
      ports: [{name: http, port: 8080, protocol: TCP}]
      endpoints:
        - {addresses: [10.1.%2$d.1], conditions: {ready: true}}
        - {addresses: [10.1.%2$d.2], conditions: {ready: true}}
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: web-%1$d, namespace: shop}
      spec:
        hosts: [web-%1$d]
        http:
          - match: [{uri: {prefix: /cart}, headers: {x-user: {exact: jason}}}]
            route: [{destination: {host: web-%1$d, subset: v2}}]
            timeout: 2s
            retries: {attempts: 3, perTryTimeout: 500ms, retryOn: 5xx}
          - route:
              - {destination: {host: web-%1$d, subset: v1}, weight: 90}
              - {destination: {host: web-%1$d, subset: v2}, weight: 10}
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: web-%1$d, namespace: shop}
      spec:
        host: web-%1$d
        trafficPolicy: {outlierDetection: {consecutive5xxErrors: 5, interval: 10s}}
        subsets:
          - {name: v1, labels: {version: v1}}
          - {name: v2, labels: {version: v2}}
      """;

  @TempDir private Path folder;

  @Test
  void translatesAThousandDocumentsInLessThanFiveSeconds() throws IOException {
    for (int i = 0; i < SERVICES; i++) {
      Files.writeString(folder.resolve("web-" + i + ".yaml"), DOCUMENTS.formatted(i, i));
    }
    var adapters = new Adapters(List.of(new IstioAdapter(), new ConsulAdapter()), List.of());

    long start = System.nanoTime();
    var typed =
        Typed.run(
            terminal -> new TranslateCommand(adapters, new ManifestFiles(), terminal),
            "-f",
            folder.toString(),
            "--from",
            "istio",
            "--to",
            "consul");
    var taken = Duration.ofNanos(System.nanoTime() - start);

    System.out.println(
        "[measured] 1000 documents translated from istio to consul in " + taken.toMillis() + " ms");
    assertThat(typed.err()).contains(SERVICES + " services translated into");
    assertThat(taken).isLessThan(LIMIT);
  }
}
