package io.meshbridge.testkit;

import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Export;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Health;
import io.meshbridge.model.Import;
import io.meshbridge.model.Locality;
import io.meshbridge.model.Marks;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.ServicePort;
import io.meshbridge.spi.Offer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Random values of the model: each is valid, but many are of the sort that nobody thinks of. Equal
 * randomness gives equal values.
 */
public final class ModelGenerators {
  private static final int MAX_NAME = 253;

  private final RandomGenerator random;
  private final HostileText hostile;

  /** Draws from this source. */
  public ModelGenerators(RandomGenerator random) {
    this.random = random;
    this.hostile = new HostileText(random);
  }

  /** One of these. */
  @SafeVarargs
  public final <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** Between {@code min} and {@code max} values, both inclusive. */
  public <T> List<T> listOf(int min, int max, Supplier<T> values) {
    int size = random.nextInt(min, max + 1);
    var list = new ArrayList<T>(size);
    for (int i = 0; i < size; i++) {
      list.add(values.get());
    }
    return List.copyOf(list);
  }

  /** The same values in another order. */
  public <T> List<T> shuffled(List<T> values) {
    var shuffled = new ArrayList<>(values);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      shuffled.set(i, shuffled.set(random.nextInt(i + 1), shuffled.get(i)));
    }
    return List.copyOf(shuffled);
  }

  /** Any text at all: control characters, broken Unicode, YAML and paths in disguise, or none. */
  public String hostileText() {
    return hostile.any();
  }

  /** Text that is one DNS label. */
  public String label() {
    return hostile.label();
  }

  /** Text that the model takes as a name: visible, without control characters, 1 to 253 long. */
  public String name() {
    return random.nextInt(3) == 0 ? hostile.visible(MAX_NAME) : label();
  }

  /** A mesh out of five, so that meetings are frequent. */
  public MeshId meshId() {
    return new MeshId(oneOf("istio-a", "linkerd-b", "consul-dc1", "a", "a-b"));
  }

  /** A mesh of a known make. */
  public MeshDescriptor mesh() {
    return describe(meshId());
  }

  /** A service, in a namespace and with a name of any spelling. */
  public ServiceKey serviceKey() {
    return new ServiceKey(meshId(), name(), name());
  }

  /** A path that ends with the mesh. */
  public FederationPath pathTo(MeshId last) {
    SequencedSet<MeshId> meshes = new LinkedHashSet<>(listOf(0, 3, this::meshId));
    meshes.remove(last);
    meshes.addLast(last);
    return new FederationPath(List.copyOf(meshes));
  }

  /** Up to four ports with distinct names. */
  public List<ServicePort> ports() {
    var byName = new TreeMap<String, ServicePort>();
    for (String name : listOf(1, 4, this::portName)) {
      byName.put(name, new ServicePort(name, portNumber(), oneOf(AppProtocol.values())));
    }
    return shuffled(List.copyOf(byName.values()));
  }

  /** A port's name: often a word that a careless format turns into something else. */
  public String portName() {
    return oneOf("http", "grpc", "on", "null", "8080", "1.10", "x-" + random.nextInt(9), "y");
  }

  /** A port's number, 1 to 65535, the ends more often than by chance. */
  public int portNumber() {
    return oneOf(1, 80, 65_535, random.nextInt(1, 65_536));
  }

  /** An address: IPv4, IPv6 or a host name. */
  public String address() {
    int last = random.nextInt(1, 20);
    return oneOf("10.0.0." + last, "fd00::" + Integer.toHexString(last), "host-" + last + ".test");
  }

  /** An endpoint that answers for some of the given ports. */
  public Endpoint endpoint(List<ServicePort> ports) {
    var numbers = new TreeMap<String, Integer>();
    for (ServicePort port : ports) {
      if (random.nextInt(8) != 0) {
        numbers.put(port.name(), oneOf(8080, 9090, portNumber()));
      }
    }
    return new Endpoint(
        address(),
        numbers,
        oneOf(Health.values()),
        oneOf(0, 1, 1, 65_535, random.nextInt(100)),
        oneOf(Locality.UNKNOWN, new Locality("eu-1", ""), new Locality("eu-1", "b")),
        oneOf("", "", "net-1"),
        labels(),
        oneOf("", "spiffe://td/ns/a/sa/b", "web.shop.serviceaccount.identity.linkerd.td"));
  }

  /** Up to twelve endpoints, some of them twice the same place. */
  public EndpointList endpoints(List<ServicePort> ports) {
    return EndpointList.of(listOf(0, 12, () -> endpoint(ports)));
  }

  /** Up to four labels, none of them a mark of Meshbridge. */
  public SortedMap<String, String> labels() {
    var labels = new TreeMap<String, String>();
    for (String key : listOf(0, 4, this::label)) {
      labels.put(key, oneOf("", "true", "v1", "1.10", hostile.visible(63)));
    }
    return Marks.without(labels);
  }

  /** Who may call. */
  public AccessPolicy access() {
    return random.nextBoolean()
        ? AccessPolicy.OPEN
        : AccessPolicy.meshIdentityRequired("PeerAuthentication shop/default is STRICT");
  }

  /** A service as its mesh offers it. */
  public Export export() {
    return export(serviceKey());
  }

  /** This service as its mesh offers it. */
  public Export export(ServiceKey key) {
    return new Export(
        key,
        ports(),
        labels(),
        listOf(0, 2, this::label),
        Instant.ofEpochMilli(random.nextLong(1_700_000_000_000L, 1_900_000_000_000L)),
        pathTo(key.mesh()),
        access());
  }

  /** What a source says of this service. */
  public Offer offer(ServiceKey key) {
    var export = export(key);
    return new Offer(
        key,
        export.ports(),
        export.labels(),
        export.hostnames(),
        export.access(),
        endpoints(export.ports()),
        export.path(),
        List.of());
  }

  /** An import under a name that is a DNS label. */
  public Import anImport() {
    var export = export();
    return new Import(label(), export, endpoints(export.ports()), describe(export.key().mesh()));
  }

  private MeshDescriptor describe(MeshId id) {
    return new MeshDescriptor(
        id,
        oneOf("istio", "linkerd", "consul"),
        oneOf("", "1.31.0"),
        oneOf("", id + ".local"),
        oneOf("", "net-1"));
  }
}
