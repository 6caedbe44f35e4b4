package io.meshbridge.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshbridge.config.OidcConfig;
import io.meshbridge.logging.LinesOf;
import io.meshbridge.oidc.TestIssuer;
import io.meshbridge.oidc.Tokens;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.junit.jupiter.api.Test;

class IssuedTokensTest {
  private final AtomicLong now = new AtomicLong();

  @Test
  void tellTheLogAloneWhatIsWrongAndSeldom() throws Exception {
    var key = Tokens.key("one", AlgorithmIdentifiers.RSA_USING_SHA256);
    var log = new LinesOf(IssuedTokens.class);
    try (var issuer = TestIssuer.at(0, Tokens.published(key))) {
      var tokens = IssuedTokens.of(config(issuer.url()), now::get);
      var claims = Tokens.claims(issuer.url().toString(), Instant.now());
      claims.setAudience("the-bank");
      var foreign = Tokens.signed(key, claims);

      for (int i = 0; i < 100; i++) {
        assertThatThrownBy(() -> tokens.caller(foreign))
            .isInstanceOf(RefusedException.class)
            .hasMessage(IssuedTokens.WRONG.detail());
      }
      now.addAndGet(Duration.ofSeconds(10).toNanos());
      assertThatThrownBy(() -> tokens.caller(foreign)).isInstanceOf(RefusedException.class);

      assertThat(issuer.asked()).isEqualTo(1);
    } finally {
      log.close();
    }
    // Nothing of the token.
    assertThat(log.lines())
        .containsExactly(
            "token refused reason=it was made for somebody else untold=0",
            "token refused reason=it was made for somebody else untold=99");
  }

  private static OidcConfig config(URI issuer) {
    return new OidcConfig(
        issuer,
        Tokens.AUDIENCE,
        "sub",
        List.of("groups"),
        Set.of("operators"),
        Set.of(),
        new OidcConfig.Keys.At(issuer.resolve("/keys"), Optional.empty()),
        Duration.ofSeconds(30));
  }
}
