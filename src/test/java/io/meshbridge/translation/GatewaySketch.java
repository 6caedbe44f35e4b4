package io.meshbridge.translation;

import io.meshbridge.testkit.reference.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * A gateway as somebody thinks of it: each host has rules of its own, which lead to the service or
 * to its versions, each of which is a service, too.
 */
record GatewaySketch(List<Host> hosts) {
  static final List<Integer> PORTS = List.of(80, 8080);
  private static final List<String> NAMES =
      List.of("a.example.org", "b.example.org", "*.example.org", "*.a.example.org", "*");
  private static final List<String> ASKED =
      List.of(
          "a.example.org",
          "b.example.org",
          "A.Example.Org",
          "x.example.org",
          "x.y.example.org",
          "x.a.example.org",
          "example.org",
          "other.net");

  /** A host with the ports at which it is served. */
  record Host(String name, List<Integer> ports, Sketch rules) {}

  /** Hosts whose rules are in the common safe core. */
  static GatewaySketch core(RandomGenerator random) {
    return of(random, generator -> generator.core(false));
  }

  /** Hosts with any rules. */
  static GatewaySketch wild(RandomGenerator random) {
    return of(random, SketchGenerator::wild);
  }

  private static GatewaySketch of(RandomGenerator random, Function<SketchGenerator, Sketch> rules) {
    var hosts = new ArrayList<Host>();
    for (String name : NAMES) {
      if (random.nextInt(5) < 2 || (hosts.isEmpty() && name.equals(NAMES.getLast()))) {
        var ports = PORTS.stream().filter(port -> random.nextInt(3) > 0).toList();
        var sketch = rules.apply(new SketchGenerator(random));
        hosts.add(
            new Host(
                name,
                ports.isEmpty() ? List.of(PORTS.getFirst()) : ports,
                new Sketch(sketch.rules(), 80, false, true)));
      }
    }
    return new GatewaySketch(hosts);
  }

  /** The hosts that are served at a port. */
  List<Host> at(int port) {
    return hosts.stream().filter(host -> host.ports().contains(port)).toList();
  }

  /** A request from outside that is likely to hit the edges of some host's rules. */
  Request request(RandomGenerator random) {
    var host = hosts.get(random.nextInt(hosts.size()));
    int port = random.nextInt(12) == 0 ? 9090 : PORTS.get(random.nextInt(PORTS.size()));
    var name =
        random.nextBoolean()
            ? ASKED.get(random.nextInt(ASKED.size()))
            : host.name().replace("*", "any").toLowerCase(Locale.ROOT);
    return new SketchRequests(random).to("edge", host.rules()).to("edge", port).at(name);
  }
}
