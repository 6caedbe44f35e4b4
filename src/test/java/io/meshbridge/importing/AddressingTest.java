package io.meshbridge.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.catalog.ServiceState;
import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Loss;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.testkit.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressingTest {

  @ParameterizedTest
  @CsvSource({"'',''", "net-1,''", "'',net-1", "net-1,net-1"})
  void isDirectOnOneNetwork(String origin, String target) {
    assertThat(choose(origin, target, Optional.empty(), Samples.endpoints("10.0.0.1")))
        .isEqualTo(new Addressing.Choice.Direct(Samples.endpoints("10.0.0.1"), List.of()));
  }

  @Test
  void isUnreachableFromAnotherNetwork() {
    assertThat(choose("net-1", "net-2", Optional.empty(), Samples.endpoints("10.0.0.1")))
        .isInstanceOfSatisfying(
            Addressing.Choice.Unreachable.class,
            no -> assertThat(no.loss().outcome()).isEqualTo(Loss.Outcome.REFUSED));
  }

  @Test
  void isUnreachableBehindMeshIdentityAlsoOnOneNetwork() {
    var guarded =
        new ServiceState(
            Worlds.export(
                Worlds.key(Worlds.A, "web"),
                Instant.EPOCH,
                FederationPath.startingAt(Worlds.A),
                AccessPolicy.meshIdentityRequired("intentions")),
            Samples.endpoints("10.0.0.1"),
            Instant.EPOCH,
            "");

    assertThat(
            Addressing.choose(guarded, Samples.mesh("a"), Optional.empty(), Worlds.TARGET.mesh()))
        .isInstanceOf(Addressing.Choice.Unreachable.class);
  }

  @Test
  void dropsAnEndpointOnAnotherNetwork() {
    var here = Samples.endpoints("10.0.0.1").endpoints().getFirst();
    var there =
        new Endpoint(
            "10.0.0.2",
            here.ports(),
            here.health(),
            1,
            here.locality(),
            "net-2",
            here.labels(),
            "");

    assertThat(choose("net-1", "net-1", Optional.empty(), EndpointList.of(List.of(here, there))))
        .isInstanceOfSatisfying(
            Addressing.Choice.Direct.class,
            direct -> {
              assertThat(direct.endpoints().endpoints()).containsExactly(here);
              assertThat(direct.losses()).hasSize(1);
            });
  }

  @Test
  void keepsHostNamesOutOfLimitedRanges() {
    var member = Optional.of(Worlds.admitting(Worlds.A, List.of(), List.of("10.0.0.0/8")));

    assertThat(choose("", "", member, Samples.endpoints("10.0.0.1", "evil.test")))
        .isInstanceOfSatisfying(
            Addressing.Choice.Direct.class,
            direct -> assertThat(direct.endpoints()).isEqualTo(Samples.endpoints("10.0.0.1")));
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.1", "10.0.0.0/33", "anything"})
  void admitsNothingIfTheOnlyRangeCannotBeRead(String range) {
    var member = Optional.of(Worlds.admitting(Worlds.A, List.of(), List.of(range)));

    assertThat(choose("", "", member, Samples.endpoints("10.0.0.1")))
        .isInstanceOfSatisfying(
            Addressing.Choice.Direct.class,
            direct -> {
              assertThat(direct.endpoints()).isEqualTo(EndpointList.EMPTY);
              assertThat(direct.losses()).hasSize(1);
            });
  }

  private static Addressing.Choice choose(
      String originNetwork, String targetNetwork, Optional<Member> member, EndpointList endpoints) {
    var state =
        new ServiceState(Samples.export(Worlds.key(Worlds.A, "web")), endpoints, Instant.EPOCH, "");
    return Addressing.choose(
        state,
        new MeshDescriptor(Worlds.A, "istio", "", "", originNetwork),
        member,
        new MeshDescriptor(Worlds.T, "istio", "", "", targetNetwork));
  }
}
