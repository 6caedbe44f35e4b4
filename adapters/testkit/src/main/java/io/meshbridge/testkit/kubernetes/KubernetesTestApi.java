package io.meshbridge.testkit.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jboss.logging.Logger;

/**
 * A Kubernetes API for tests, with the custom resources that the adapters speak of.
 *
 * <p>Where the environment variable {@code KUBEBUILDER_ASSETS} names a folder with {@code
 * kube-apiserver} and {@code etcd}, those are started; else there is an API in memory, behind
 * fabric8's mock web server, that knows server-side apply, preconditions, pages, bookmark-less
 * watches and forgotten history. The real one takes the meshes' own definitions from the folder
 * that {@code MESHBRIDGE_CRDS} names, with all their validations; without it, and in memory, the
 * definitions let everything pass. Both are reached over loopback through a line that can be cut,
 * by this process and by others (see {@link #kubeconfig()}).
 */
public final class KubernetesTestApi implements AutoCloseable {
  /** The environment variable that names the folder of the real binaries. */
  public static final String ASSETS = "KUBEBUILDER_ASSETS";

  private static final ResourceDefinitionContext EVENT =
      new ResourceDefinitionContext.Builder()
          .withGroup("events.k8s.io")
          .withVersion("v1")
          .withKind("Event")
          .withPlural("events")
          .withNamespaced(true)
          .build();
  private static final String MANY_ADDRESSES = "10.0.0.0/16";
  private static final String FEW_ADDRESSES = "10.0.0.0/28";
  private static final int FEW = 12;
  private static final Logger LOG = Logger.getLogger(KubernetesTestApi.class);

  private final ApiBackend backend;
  private final LoopbackProxy proxy;
  private final KubernetesClient client;
  private final Path kubeconfig;
  private final Queue<Path> written = new ConcurrentLinkedQueue<>();

  private KubernetesTestApi(ApiBackend backend) {
    this.backend = backend;
    this.proxy = new LoopbackProxy(backend.port());
    // The tests' own client goes past the line, so that it works while the line is cut.
    this.client = clientFor(backend, backend.port());
    this.kubeconfig = kubeconfigWith(backend.token());
  }

  /** Starts an API and installs the custom resource definitions. */
  public static KubernetesTestApi start() {
    var api = startWithoutCrds();
    api.installCrds();
    return api;
  }

  /** Starts an API that knows no custom resources. */
  public static KubernetesTestApi startWithoutCrds() {
    return over(realBackend(MANY_ADDRESSES).orElseGet(MemoryApiServer::new));
  }

  /** Starts an API that has cluster addresses for some ten Services and no more. */
  public static KubernetesTestApi startCramped() {
    var api = over(realBackend(FEW_ADDRESSES).orElseGet(() -> new MemoryApiServer(FEW)));
    api.installCrds();
    return api;
  }

  private static KubernetesTestApi over(ApiBackend backend) {
    LOG.infof("Kubernetes API for tests backend=%s", backend.description());
    return new KubernetesTestApi(backend);
  }

  /** Starts the API in memory, whatever the environment says. */
  public static KubernetesTestApi startInMemory() {
    var api = new KubernetesTestApi(new MemoryApiServer());
    api.installCrds();
    return api;
  }

  /** Whether this is a real API server. */
  public boolean isReal() {
    return backend instanceof RealApiServer;
  }

  /**
   * The path of a kubeconfig that leads to this API with all rights, for this process and for
   * others.
   */
  public Path kubeconfig() {
    return kubeconfig;
  }

  /**
   * The path of a new kubeconfig that leads to this API as a ServiceAccount that stands, with a
   * token that is good for an hour. Only a real API server makes tokens, and asks who somebody is.
   */
  public Path kubeconfigOf(String namespace, String serviceAccount) {
    var account = client.serviceAccounts().inNamespace(namespace).withName(serviceAccount);
    var wanted = new TokenRequestBuilder().withNewSpec().endSpec().build();
    return kubeconfigWith(account.tokenRequest(wanted).getStatus().getToken());
  }

  /** The address of this API. */
  public String url() {
    return backend.scheme() + "://127.0.0.1:" + proxy.port();
  }

  /** A client for arranging and looking; it works while the line is cut. */
  public KubernetesClient client() {
    return client;
  }

  /** Installs the custom resource definitions and waits until they are served. */
  public void installCrds() {
    var definitions = new TreeMap<String, CustomResourceDefinition>();
    TestCrds.all().forEach(loose -> definitions.put(loose.getMetadata().getName(), loose));
    if (isReal()) {
      RealCrds.all(client).forEach(real -> definitions.put(real.getMetadata().getName(), real));
    }
    definitions.values().forEach(this::install);
  }

  private void install(CustomResourceDefinition crd) {
    client.resource(crd).create();
    Awaitility.await(crd.getMetadata().getName() + " is served")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> isServed(crd));
  }

  /**
   * Installs one custom resource definition, as loose as it can be, and waits until it is served.
   */
  public void installCrd(
      String group, String kind, String plural, String stored, String... served) {
    install(TestCrds.of(group, kind, plural, stored, served));
  }

  /** Creates a namespace if it is not there. */
  public void namespace(String name) {
    if (client.namespaces().withName(name).get() == null) {
      client
          .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
          .create();
    }
  }

  /** The Events of {@code events.k8s.io/v1} in all namespaces. */
  public List<GenericKubernetesResource> events() {
    return client.genericKubernetesResources(EVENT).inAnyNamespace().list().getItems();
  }

  /** Deletes all Services, slices, Events and custom resources that tests made; namespaces stay. */
  public void clear() {
    client.services().inAnyNamespace().list().getItems().stream()
        .filter(service -> !service.getMetadata().getName().equals("kubernetes"))
        .forEach(service -> client.resource(service).delete());
    slices().forEach(slice -> client.resource(slice).delete());
    events()
        .forEach(
            event ->
                client
                    .genericKubernetesResources(EVENT)
                    .inNamespace(event.getMetadata().getNamespace())
                    .resource(event)
                    .delete());
    for (CustomResourceDefinition crd : TestCrds.all()) {
      var resources = client.genericKubernetesResources(contextOf(crd));
      for (GenericKubernetesResource item : resources.inAnyNamespace().list().getItems()) {
        resources.inNamespace(item.getMetadata().getNamespace()).resource(item).delete();
      }
    }
  }

  /**
   * Every namespace, Service, slice, ConfigMap and custom resource that stands, whole, by its kind,
   * namespace and name.
   */
  public SortedMap<String, String> everything() {
    var all = new TreeMap<String, String>();
    client.namespaces().list().getItems().forEach(item -> put(all, item));
    client.services().inAnyNamespace().list().getItems().forEach(item -> put(all, item));
    client.configMaps().inAnyNamespace().list().getItems().forEach(item -> put(all, item));
    slices().forEach(item -> put(all, item));
    for (CustomResourceDefinition crd : TestCrds.all()) {
      var resources = client.genericKubernetesResources(contextOf(crd));
      resources.inAnyNamespace().list().getItems().forEach(item -> put(all, item));
    }
    return all;
  }

  private List<EndpointSlice> slices() {
    return client.discovery().v1().endpointSlices().inAnyNamespace().list().getItems();
  }

  private static void put(SortedMap<String, String> all, HasMetadata item) {
    var metadata = item.getMetadata();
    all.put(
        "%s %s/%s".formatted(item.getKind(), metadata.getNamespace(), metadata.getName()),
        Serialization.asJson(item));
  }

  /** Ends every connection that clients have open; new ones are taken. */
  public void cutConnections() {
    proxy.cut();
  }

  /** Ends every connection and takes no new ones, as if the API were down. */
  public void block() {
    proxy.block();
  }

  /** Takes connections again. */
  public void unblock() {
    proxy.unblock();
  }

  /**
   * Forgets the changes until now, so that a watch that goes on from there is answered with 410.
   *
   * @return whether this API can do so; a real one cannot be made to
   */
  public boolean forgetHistory() {
    if (backend instanceof MemoryApiServer memory) {
      memory.forgetHistory();
      return true;
    }
    return false;
  }

  /**
   * Lets the next request for a further page of a list fail with 410.
   *
   * @return whether this API can do so; a real one cannot be made to
   */
  public boolean expireNextPage() {
    if (backend instanceof MemoryApiServer memory) {
      memory.expireNextPage();
      return true;
    }
    return false;
  }

  /**
   * Lets requests over the line be refused from now on, in place of what was to be refused before.
   * Only the API in memory can do so.
   *
   * @param of which, each as {@code METHOD path?parameters}
   * @param times how many of them; 0 to serve all again
   * @param code the answer: 429, 503, 403 for a missing right, or 409 for a conflict
   * @param retryAfter the header; empty for none
   */
  public void refuse(Predicate<String> of, int times, int code, String retryAfter) {
    inMemory().line().refuse(new LineRequests.Refusal(of, code, retryAfter), times);
  }

  /**
   * The requests over the line until now, each as {@code METHOD path?parameters}, refused ones
   * included. Only the API in memory counts them.
   */
  public List<String> requests() {
    return inMemory().line().all();
  }

  /**
   * Puts an object as it is, managed fields and all, quicker than a client can. Parts that many
   * objects share are held once. Only for the API in memory.
   *
   * @param collection such as {@code endpointslices.discovery.k8s.io}, or {@code services.}
   */
  public void put(String collection, ObjectNode object) {
    inMemory().put(collection, object);
  }

  private MemoryApiServer inMemory() {
    if (backend instanceof MemoryApiServer memory) {
      return memory;
    }
    throw new IllegalStateException("this needs the API in memory; see startInMemory()");
  }

  @Override
  public void close() {
    client.close();
    proxy.close();
    backend.close();
    try {
      for (Path file : written) {
        Files.deleteIfExists(file);
      }
    } catch (IOException inUse) {
      throw new UncheckedIOException(inUse);
    }
  }

  static KubernetesClient clientFor(ApiBackend backend, int port) {
    var config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(backend.scheme() + "://127.0.0.1:" + port)
            .withOauthToken(backend.token())
            .withTrustCerts(true)
            .withRequestRetryBackoffLimit(0)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private static Optional<ApiBackend> realBackend(String serviceRange) {
    return Optional.ofNullable(System.getenv(ASSETS))
        .filter(folder -> !folder.isBlank())
        .map(Path::of)
        .filter(
            folder ->
                Files.isExecutable(folder.resolve("kube-apiserver"))
                    && Files.isExecutable(folder.resolve("etcd")))
        .map(folder -> new RealApiServer(folder, serviceRange));
  }

  private boolean isServed(CustomResourceDefinition crd) {
    try {
      client.genericKubernetesResources(contextOf(crd)).inAnyNamespace().list();
      return true;
    } catch (KubernetesClientException notYet) {
      return false;
    }
  }

  private static ResourceDefinitionContext contextOf(CustomResourceDefinition crd) {
    var spec = crd.getSpec();
    return new ResourceDefinitionContext.Builder()
        .withGroup(spec.getGroup())
        .withVersion(
            spec.getVersions().stream()
                .filter(CustomResourceDefinitionVersion::getServed)
                .findFirst()
                .orElseThrow()
                .getName())
        .withKind(spec.getNames().getKind())
        .withPlural(spec.getNames().getPlural())
        .withNamespaced(spec.getScope().equals("Namespaced"))
        .build();
  }

  private Path kubeconfigWith(String token) {
    var ca = backend.caCertificate();
    var trust =
        ca.isEmpty()
            ? ""
            : "    certificate-authority-data: "
                + Base64.getEncoder().encodeToString(ca.getBytes(StandardCharsets.US_ASCII))
                + "\n";
    var user = token.isEmpty() ? "  user: {}\n" : "  user:\n    token: " + token + "\n";
    var text =
        """
        apiVersion: v1
        kind: Config
        current-context: tests
        contexts:
        - name: tests
          context:
            cluster: tests
            user: tests
        clusters:
        - name: tests
          cluster:
            server: %s
        %susers:
        - name: tests
        %s"""
            .formatted(url(), trust, user);
    try {
      var file = Files.createTempFile("meshbridge-kubeconfig", ".yaml");
      written.add(file);
      return Files.writeString(file, text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
