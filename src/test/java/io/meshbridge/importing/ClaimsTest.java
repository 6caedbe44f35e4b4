package io.meshbridge.importing;

import static io.meshbridge.importing.Worlds.A;
import static io.meshbridge.importing.Worlds.B;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.importing.Claims.Claim;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.testkit.ModelGenerators;
import io.meshbridge.testkit.SeededRuns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ClaimsTest {
  private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATE = Instant.parse("2026-02-01T00:00:00Z");
  private static final ServiceKey OF_A = Worlds.key(A, "web");
  private static final ServiceKey OF_B = Worlds.key(B, "web");
  private static final ServiceKey OF_A_TOO = Worlds.key(A, "webb");

  @Test
  void givesTheNameToWhoWasThereFirst() {
    var claims = claims(new Claim("web", LATE, OF_A), new Claim("web", EARLY, OF_B));

    assertThat(claims.holder("web")).contains(OF_B);
  }

  @Test
  void givesTheNameToTheLowerMeshIfBothCameAtOnce() {
    var claims = claims(new Claim("web", EARLY, OF_B), new Claim("web", EARLY, OF_A_TOO));

    assertThat(claims.holder("web")).contains(OF_A_TOO);
  }

  @Test
  void givesTheNameToTheLowerKeyOfOneMesh() {
    var claims = claims(new Claim("web", EARLY, OF_A_TOO), new Claim("web", EARLY, OF_A));

    assertThat(claims.holder("web")).contains(OF_A);
  }

  @Test
  void affectsNobodyIfNothingIsNew() {
    var claim = new Claim("web", EARLY, OF_A);
    var claims = claims(claim, new Claim("web", LATE, OF_B));

    assertThat(claims.with(claim).affected()).isEmpty();
    assertThat(claims.without(OF_A_TOO).affected()).isEmpty();
  }

  @Test
  void affectsWhoLosesTheNameAndWhoInheritsIt() {
    var claims = claims(new Claim("web", LATE, OF_B));

    var taken = claims.with(new Claim("web", EARLY, OF_A));
    var moved = taken.claims().with(new Claim("shop", EARLY, OF_A));
    var gone = taken.claims().without(OF_A);

    assertThat(taken.affected()).containsExactly(OF_B);
    assertThat(moved.affected()).containsExactly(OF_B);
    assertThat(moved.claims().holder("shop")).contains(OF_A);
    assertThat(gone.affected()).containsExactly(OF_B);
    assertThat(gone.claims().holder("web")).contains(OF_B);
  }

  @Test
  void nobodyHasANameThatNobodyWants() {
    assertThat(Claims.NONE.holder("web")).isEmpty();
    assertThat(claims(new Claim("web", EARLY, OF_A)).without(OF_A).claims().holder("web"))
        .isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> theOrderOfInsertionDoesNotMatter() {
    return SeededRuns.of(200)
        .check(
            random -> {
              var any = new ModelGenerators(random);
              var byService = new HashMap<ServiceKey, Claim>();
              for (int i = 0; i < 12; i++) {
                var claim = claim(any, random);
                byService.put(claim.service(), claim);
              }
              var all = List.copyOf(byService.values());

              var one = claims(all.toArray(Claim[]::new));
              var other = claims(any.shuffled(all).toArray(Claim[]::new));

              assertThat(holders(one)).isEqualTo(holders(other));
            });
  }

  @TestFactory
  Stream<DynamicTest> whoeverGainsOrLosesANameIsAffected() {
    return SeededRuns.of(200)
        .check(
            random -> {
              var any = new ModelGenerators(random);
              var claims = Claims.NONE;
              for (int i = 0; i < 40; i++) {
                var before = holders(claims);
                var claim = claim(any, random);
                var update =
                    random.nextInt(3) == 0 ? claims.without(claim.service()) : claims.with(claim);
                claims = update.claims();
                var after = holders(claims);
                var moved = new ArrayList<ServiceKey>();
                for (String name : before.keySet()) {
                  if (!before.get(name).equals(after.get(name))) {
                    before.get(name).ifPresent(moved::add);
                    after.get(name).ifPresent(moved::add);
                  }
                }
                moved.remove(claim.service());
                moved.remove(claim.service());
                assertThat(update.affected()).containsAll(moved);
                // Bounded: the heirs of the old name and of the new one.
                assertThat(update.affected()).hasSizeLessThanOrEqualTo(2);
              }
            });
  }

  private static Claim claim(ModelGenerators any, RandomGenerator random) {
    var service = Worlds.key(any.oneOf(A, B), any.oneOf("x", "y", "z", "w"));
    return new Claim(
        any.oneOf("one", "two", "three"), EARLY.plusSeconds(random.nextInt(3)), service);
  }

  private static Claims claims(Claim... all) {
    var claims = Claims.NONE;
    for (Claim claim : all) {
      claims = claims.with(claim).claims();
    }
    return claims;
  }

  private static Map<String, Optional<ServiceKey>> holders(Claims claims) {
    return Map.of(
        "one", claims.holder("one"), "two", claims.holder("two"), "three", claims.holder("three"));
  }
}
