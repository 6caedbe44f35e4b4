package io.meshbridge.model.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.OwnersWords;
import io.meshbridge.model.ServicePort;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IngressTest {
  private static final FieldRef PORT =
      new FieldRef("Gateway shop/web", "spec.servers[0].port.number");
  private static final FieldRef HOST = new FieldRef("Gateway shop/web", "spec.servers[0].hosts[0]");

  @Test
  void aGatewayIsNeverTakenForAService() {
    assertThat(Ingress.keyOf(new MeshId("a"), "shop", "web").name()).isEqualTo("web.gateway");
  }

  @Test
  void itsPortsAreThoseOfItsListenersEachOnce() {
    var ingress =
        new Ingress(
            List.of(
                listener("a", 443, Listener.Kind.TLS),
                listener("b", 443, Listener.Kind.TLS),
                listener("http", 80, Listener.Kind.HTTP)));

    assertThat(ingress.ports())
        .containsExactly(
            new ServicePort("a", 443, AppProtocol.TLS),
            new ServicePort("http", 80, AppProtocol.HTTP));
    assertThat(ingress.at(443)).extracting(Listener::name).containsExactly("a", "b");
  }

  @Test
  void listenersHaveNamesOfTheirOwn() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Ingress(
                    List.of(
                        listener("a", 80, Listener.Kind.HTTP),
                        listener("a", 81, Listener.Kind.HTTP))))
        .withMessageContaining("'a'");
    assertThatIllegalArgumentException().isThrownBy(() -> new Ingress(List.of()));
  }

  @Test
  void tlsEndsWhereTheKindSaysSo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> listener("a", 443, Listener.Kind.HTTPS))
        .withMessageContaining("no TLS");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> listener("a", 70_000, Listener.Kind.HTTP))
        .withMessageContaining("70000");
  }

  @Test
  void lossesOfAListenerAreToldByTheFieldsThatItWasReadFrom() {
    var sources = new Sources.Builder().add("port", PORT).add("hosts", HOST).build();
    var listener =
        new Listener(
            "http", 80, Listener.Kind.HTTP, List.of("shop.example.org"), Optional.empty(), sources);
    var words = new OwnersWords(TrafficPolicy.NONE, Optional.of(new Ingress(List.of(listener))));

    assertThat(words.of(List.of(loss("ingress.listeners[0].port"))))
        .extracting(Loss::path)
        .containsExactly(PORT.path());
    assertThat(words.of(List.of(loss("ingress.listeners[0]"))))
        .extracting(Loss::path)
        .containsExactly(HOST.path(), PORT.path());
    assertThat(words.of(List.of(loss("ingress.listeners[7].port"))))
        .extracting(Loss::path)
        .containsExactly("ingress.listeners[7].port");
  }

  private static Listener listener(String name, int port, Listener.Kind kind) {
    return new Listener(name, port, kind, List.of(), Optional.empty(), Sources.NONE);
  }

  private static Loss loss(String path) {
    return new Loss(Location.of("Export a/shop/web"), path, Loss.Outcome.DROPPED, "why", "");
  }
}
