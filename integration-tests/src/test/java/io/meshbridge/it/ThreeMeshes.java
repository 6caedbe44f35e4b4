package io.meshbridge.it;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** An Istio and a Linkerd, each behind a Kubernetes API, and a real Consul agent, federated. */
record ThreeMeshes(
    Federation federation, KubernetesRig istio, LinkerdRig linkerd, ConsulAgentRig consul)
    implements AutoCloseable {
  /** East is the Istio, north the Linkerd, west the Consul. */
  static ThreeMeshes start(KafkaBroker broker, String name) throws IOException {
    Deque<Runnable> undo = new ArrayDeque<>();
    try {
      var consul = new ConsulAgentRig("west");
      undo.push(consul::close);
      var istio = new KubernetesRig("east");
      undo.push(istio::close);
      var linkerd = new LinkerdRig("north");
      undo.push(linkerd::close);
      var folder = Federation.workFolder(name);
      var federation = new Federation(broker, name, folder, istio, linkerd, consul);
      return new ThreeMeshes(federation, istio, linkerd, consul);
    } catch (IOException | RuntimeException failed) {
      undo.forEach(Runnable::run);
      throw failed;
    }
  }

  @Override
  public void close() {
    federation.close();
    linkerd.close();
    istio.close();
    consul.close();
  }
}
