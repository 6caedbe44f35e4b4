package io.meshbridge.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.adapter.consul.ConsulAdapter;
import io.meshbridge.adapter.istio.IstioAdapter;
import io.meshbridge.adapter.linkerd.LinkerdAdapter;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.MeshAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page on names says what the code does, and names a test for everything that it claims. */
class NamesPageTest {
  private static final Path ROOT = Path.of("..");
  private static final Path TESTS =
      ROOT.resolve("integration-tests/src/test/java/io/meshbridge/it");
  private static final Pattern PROOF = Pattern.compile("\\| `(\\w+)#(\\w+)` \\|");
  private static final ServiceKey REVIEWS = new ServiceKey(new MeshId("east"), "shop", "reviews");
  private static final ServiceKey STOCK = new ServiceKey(new MeshId("west"), "default", "stock");

  @Test
  void saysTheNamesThatImportsGet() throws IOException {
    var page = page();

    for (MeshAdapter target :
        List.of(new IstioAdapter(), new LinkerdAdapter(), new ConsulAdapter())) {
      assertThat(page.lines())
          .filteredOn(line -> line.startsWith("| " + target.kind() + " |"))
          .singleElement()
          .asString()
          .endsWith("| `" + nameOf(REVIEWS, target) + "` | `" + nameOf(STOCK, target) + "` |");
    }
  }

  @Test
  void namesATestThatExistsForEachOfItsClaims() throws IOException {
    var page = page();
    var claims = page.substring(page.indexOf("| shown by |")).lines().skip(2).toList();
    var proofs = PROOF.matcher(page).results().toList();

    assertThat(proofs).hasSize((int) claims.stream().filter(l -> l.startsWith("|")).count());
    for (MatchResult proof : proofs) {
      assertThat(TESTS.resolve(proof.group(1) + ".java"))
          .content()
          .contains("void " + proof.group(2) + "(");
    }
  }

  private static String nameOf(ServiceKey service, MeshAdapter target) {
    return Names.render(
        target.nameTemplate(),
        target.nameSyntax(),
        service,
        Member.defaultHostSuffix(service.mesh()));
  }

  private static String page() throws IOException {
    return Files.readString(ROOT.resolve("docs/names.md"));
  }
}
