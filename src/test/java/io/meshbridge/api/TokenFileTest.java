package io.meshbridge.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final String OTHER = "fedcba9876543210fedcba9876543210-";

  @TempDir private Path folder;
  private Path file;
  private long now;
  private TokenFile token;

  @BeforeEach
  void aToken() throws IOException {
    file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
    token = new TokenFile(file, () -> now);
  }

  @Test
  void holdsExactlyWhatStandsInIt() {
    assertThat(token.holds(TOKEN)).isTrue();
    assertThat(token.holds(TOKEN + "0")).isFalse();
    assertThat(token.holds(TOKEN.substring(1))).isFalse();
    assertThat(token.holds("")).isFalse();
  }

  @Test
  void holdsWhatStandsInItAfterAChange() throws IOException {
    assertThat(token.holds(TOKEN)).isTrue();
    Files.writeString(file, OTHER);

    passSeconds(1);

    assertThat(token.holds(OTHER)).isTrue();
    assertThat(token.holds(TOKEN)).isFalse();
  }

  @Test
  void holdsNothingOnceItIsGoneOrTooShort() throws IOException {
    Files.writeString(file, "short");
    assertThat(token.holds("short")).isFalse();

    Files.writeString(file, TOKEN);
    passSeconds(1);
    assertThat(token.holds(TOKEN)).isTrue();

    Files.delete(file);
    passSeconds(1);
    assertThat(token.holds(TOKEN)).isFalse();
  }

  @Test
  void saysAtTheStartWhyItCannotBeUsed() throws IOException {
    assertThat(TokenFile.faultOf(file)).isEmpty();
    Files.writeString(file, TOKEN.substring(1) + " \n");
    assertThat(TokenFile.faultOf(file)).get().asString().contains("31 bytes", "32 or more");
    Files.delete(file);
    assertThat(TokenFile.faultOf(file)).get().asString().contains("cannot be read");
  }

  private void passSeconds(int seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
  }
}
