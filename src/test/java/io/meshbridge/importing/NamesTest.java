package io.meshbridge.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.NameSyntax;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.testkit.ModelGenerators;
import io.meshbridge.testkit.SeededRuns;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class NamesTest {
  private static final MeshId MESH = new MeshId("istio-a");
  private static final String HOST = "{service}.{namespace}.{suffix}";
  private static final String LABEL = "{service}-{mesh}";
  private static final String SUFFIX = "istio-a.mesh.internal";

  @Test
  void fillsInTheTemplate() {
    var web = new ServiceKey(MESH, "shop", "web");

    assertThat(Names.render(HOST, NameSyntax.DNS_NAME, web, SUFFIX))
        .isEqualTo("web.shop.istio-a.mesh.internal");
    assertThat(Names.render(LABEL, NameSyntax.DNS_LABEL, web, SUFFIX)).isEqualTo("web-istio-a");
  }

  @Test
  void tellsTheNamespaceAtHomeFromThatInTheTarget() {
    var web = new ServiceKey(MESH, "shop", "web");
    var template = "{service}-{namespace}.{target-namespace}";

    assertThat(Names.render(template, NameSyntax.DNS_NAME, web, "guests", SUFFIX))
        .isEqualTo("web-shop.guests");
    assertThat(Names.render(template, NameSyntax.DNS_NAME, web, SUFFIX)).isEqualTo("web-shop.shop");
  }

  @Test
  void tellsTheLoserApartInItsFirstLabel() {
    var web = new ServiceKey(MESH, "shop", "web");

    assertThat(Names.renderContested(HOST, NameSyntax.DNS_NAME, web, "shop", SUFFIX))
        .matches("web-[0-9a-f]{8}\\.shop\\.istio-a\\.mesh\\.internal");
    assertThat(Names.renderContested(LABEL, NameSyntax.DNS_LABEL, web, "shop", SUFFIX))
        .matches("web-istio-a-[0-9a-f]{8}");
  }

  @Test
  void staysUnderItsSuffixWhenItHasToBeShortened() {
    var wordy = new ServiceKey(MESH, "n".repeat(40), "s".repeat(40));

    var name = Names.render("{service}-{namespace}.{suffix}", NameSyntax.DNS_NAME, wordy, SUFFIX);

    assertThat(name).startsWith("s".repeat(40)).endsWith("." + SUFFIX);
    assertThat(NameSyntax.DNS_NAME.accepts(name)).isTrue();
  }

  @TestFactory
  Stream<DynamicTest> everyNameCanBeHeldAndStaysUnderItsSuffix() {
    return SeededRuns.of(500)
        .check(
            random -> {
              var service = new ModelGenerators(random).serviceKey();
              var suffix = service.mesh() + ".mesh.internal";

              for (String host :
                  new String[] {
                    Names.render(HOST, NameSyntax.DNS_NAME, service, suffix),
                    Names.renderContested(
                        HOST, NameSyntax.DNS_NAME, service, service.namespace(), suffix)
                  }) {
                assertThat(host).endsWith("." + suffix);
                assertThat(NameSyntax.DNS_NAME.accepts(host)).as(host).isTrue();
              }
              for (String label :
                  new String[] {
                    Names.render(LABEL, NameSyntax.DNS_LABEL, service, suffix),
                    Names.renderContested(
                        LABEL, NameSyntax.DNS_LABEL, service, service.namespace(), suffix)
                  }) {
                assertThat(NameSyntax.DNS_LABEL.accepts(label)).as(label).isTrue();
              }
            });
  }

  @TestFactory
  Stream<DynamicTest> twoServicesOfOneMeshNeverShareAHost() {
    return SeededRuns.of(300)
        .check(
            random -> {
              var any = new ModelGenerators(random);
              var one = new ServiceKey(MESH, any.name(), any.name());
              var other = new ServiceKey(MESH, any.name(), any.name());

              assertThat(
                      Names.render(HOST, NameSyntax.DNS_NAME, one, SUFFIX)
                          .equals(Names.render(HOST, NameSyntax.DNS_NAME, other, SUFFIX)))
                  .isEqualTo(one.equals(other));
            });
  }
}
