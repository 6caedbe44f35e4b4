package io.meshbridge.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.testkit.ModelGenerators;
import io.meshbridge.testkit.SeededRuns;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {
  private static final Location HERE = Location.of("export a/shop/web");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1",
        "fd00::1",
        "db.example.com",
        "DB.Example.COM.",
        "ip-10-0-0-1.ec2.internal",
        "7.example",
        "mysvc.example.com",
        "consul.example.com",
        "0x7f.example"
      })
  void allowsAddressesThatMeanTheSameToAll(String address) {
    assertThat(lossOf(address)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, loopback",
    "::ffff:127.0.0.1, loopback",
    "169.254.169.254, metadata",
    "fe80::1, link-local",
    "255.255.255.255, broadcast",
  })
  void leavesOutForbiddenRangesAndSaysWhich(String address, String what) {
    assertThat(lossOf(address))
        .hasValueSatisfying(
            loss -> {
              assertThat(loss.path()).isEqualTo("endpoints[" + address + "]");
              assertThat(loss.outcome()).isEqualTo(Loss.Outcome.DROPPED);
              assertThat(loss.reason()).contains(what);
              assertThat(loss.advice()).isNotEmpty();
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.1",
        "127.0.0.1.",
        "2130706433",
        "0177.0.0.1",
        "0x7f000001",
        "0x7f.0.0.1",
        "127.0.0.0x1",
        "0x",
        "10.0.0.01",
        "fe80::1%eth0",
        "fd00::1%1",
        "[::1]",
        "10.0.0.1:80",
        "unix:///run/socket",
        "/run/socket",
        "a_b.example",
        "a..example",
        "*.example",
        "１２７.0.0.1",
        "web.example/x"
      })
  void leavesOutOddSpellingsAndWhatIsNoAddress(String address) {
    assertThat(lossOf(address))
        .hasValueSatisfying(
            loss ->
                assertThat(loss.reason())
                    .isEqualTo("its address is neither an IP address nor a DNS name"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST.",
        "a.localhost",
        "db",
        "web.shop.svc",
        "web.shop.svc.cluster.local",
        "Web.Shop.SVC.Cluster.Local.",
        "web.shop.svc.corp.example",
        "10-0-0-1.shop.pod.cluster.local",
        "web.service.consul",
        "web.service.dc1.consul.",
        "stock.default.west.mesh.internal",
        "metadata.google.internal"
      })
  void leavesOutNamesThatBelongToTargets(String address) {
    assertThat(lossOf(address))
        .hasValueSatisfying(
            loss -> assertThat(loss.reason()).startsWith("its name belongs to whoever calls it"));
  }

  @Test
  void holdsAMemberToItsRangesAndNamesThem() {
    var rules = rules("10.1.0.0/16", "fd00::/8");

    assertThat(rules.lossOf("10.1.2.3", HERE)).isEmpty();
    assertThat(rules.lossOf("fd12::1", HERE)).isEmpty();
    assertThat(rules.lossOf("::ffff:10.1.2.3", HERE)).isEmpty();
    for (String outside : List.of("10.2.0.1", "db.example.com", "2001:db8::1")) {
      assertThat(rules.lossOf(outside, HERE))
          .hasValueSatisfying(
              loss -> {
                assertThat(loss.reason()).contains("10.1.0.0/16, fd00::/8");
                assertThat(loss.advice()).contains("--address-range");
              });
    }
  }

  @ParameterizedTest
  @CsvSource({"0.0.0.0/0, 127.0.0.1", "169.254.0.0/16, 169.254.1.1", "::/0, ::1"})
  void noRangeAllowsWhatIsForbidden(String range, String address) {
    assertThat(rules(range).lossOf(address, HERE)).isPresent();
  }

  @TestFactory
  Stream<DynamicTest> neverThrowsWhateverTheText() {
    return SeededRuns.of(300)
        .check(
            random -> {
              var text = new ModelGenerators(random).hostileText();

              // It neither throws nor asks anybody: a lookup would take its time and fail the test.
              assertThat(rules("10.0.0.0/8").lossOf(text, HERE)).isPresent();
            });
  }

  @Test
  void takesLoopbackAddressesOnlyFromAMemberThatIsGivenARangeOfThem() {
    var onOneMachine = rules("127.0.0.0/16", "10.0.0.0/8");

    assertThat(onOneMachine.lossOf("127.0.0.1", HERE)).isEmpty();
    assertThat(onOneMachine.lossOf("127.1.0.1", HERE)).isPresent();
    assertThat(rules("::1/128").lossOf("::1", HERE)).isEmpty();
    // Who may publish anything is not meant to publish that.
    assertThat(rules("0.0.0.0/0", "::/0").lossOf("127.0.0.1", HERE)).isPresent();
    assertThat(rules("126.0.0.0/7").lossOf("127.0.0.1", HERE)).isPresent();
    assertThat(rules("169.254.169.254/32").lossOf("169.254.169.254", HERE)).isPresent();
  }

  private static Optional<Loss> lossOf(String address) {
    return AddressRules.of(Optional.empty()).lossOf(address, HERE);
  }

  private static AddressRules rules(String... ranges) {
    return AddressRules.of(Optional.of(Worlds.admitting(Worlds.A, List.of(), List.of(ranges))));
  }
}
