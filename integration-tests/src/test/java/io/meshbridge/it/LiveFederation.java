package io.meshbridge.it;

import java.io.IOException;

/** An Istio behind a Kubernetes API and a real Consul agent, as one federation. */
record LiveFederation(Federation federation, KubernetesRig istio, ConsulAgentRig consul)
    implements AutoCloseable {
  /** East is the Istio, west the Consul. */
  static LiveFederation start(KafkaBroker broker, String name) throws IOException {
    var consul = new ConsulAgentRig("west");
    try {
      var istio = new KubernetesRig("east");
      var folder = Federation.workFolder(name);
      return new LiveFederation(new Federation(broker, name, folder, istio, consul), istio, consul);
    } catch (IOException | RuntimeException failed) {
      consul.close();
      throw failed;
    }
  }

  @Override
  public void close() {
    federation.close();
    istio.close();
    consul.close();
  }
}
