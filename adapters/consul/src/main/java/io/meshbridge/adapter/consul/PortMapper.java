package io.meshbridge.adapter.consul;

import io.meshbridge.adapter.consul.traffic.ServiceName;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Loss;
import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.ServicePort;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The one port of a Consul service. */
final class PortMapper {
  /** Where nobody says which port a service has. */
  static final int ASSUMED_PORT = 80;

  private PortMapper() {}

  /**
   * The port of a service without instances.
   *
   * @param word the declared protocol
   * @param onlyConnections whether all that is said of it is about connections
   */
  static ServicePort assumed(String word, boolean onlyConnections) {
    var silent = onlyConnections ? AppProtocol.TCP : AppProtocol.HTTP;
    var protocol = word.isEmpty() ? silent : Protocols.parse(word).orElse(AppProtocol.TCP);
    return new ServicePort(Protocols.word(protocol), ASSUMED_PORT, protocol);
  }

  /**
   * Consul has no port of a service: the commonest of its instances, the lowest of equals.
   *
   * @param word the declared protocol
   * @param needsHttp whether its config entries make no sense otherwise
   */
  static ServicePort port(
      List<Instance> usable, String word, boolean needsHttp, List<Loss> losses) {
    var protocol = protocol(word, needsHttp, usable, losses);
    var counts = new TreeMap<Integer, Integer>();
    usable.forEach(instance -> counts.merge(instance.port(), 1, Integer::sum));
    int number = counts.firstKey();
    for (Map.Entry<Integer, Integer> candidate : counts.entrySet()) {
      if (candidate.getValue() > counts.getOrDefault(number, 0)) {
        number = candidate.getKey();
      }
    }
    return new ServicePort(Protocols.word(protocol), number, protocol);
  }

  /** The mesh's own word first; the owner's meta where the mesh says nothing. */
  static String declaredProtocol(ServiceName service, List<Instance> usable, MeshConfig config) {
    var word = config.protocolOf(service);
    return word.isEmpty()
        ? usable.stream()
            .map(instance -> instance.meta().getOrDefault("protocol", ""))
            .filter(declared -> !declared.isBlank())
            .sorted()
            .findFirst()
            .orElse("")
        : word;
  }

  private static AppProtocol protocol(
      String word, boolean needsHttp, List<Instance> usable, List<Loss> losses) {
    if (word.isEmpty() && needsHttp) {
      return AppProtocol.HTTP;
    }
    var parsed = Protocols.parse(word);
    if (parsed.isEmpty()) {
      losses.add(
          new Loss(
              usable.getFirst().place().location("Meta.protocol"),
              "Protocol",
              Outcome.APPROXIMATED,
              "protocol '" + word + "' is not known; it is passed on as tcp",
              "use tcp, http, http2 or grpc"));
    }
    return parsed.orElse(AppProtocol.TCP);
  }
}
