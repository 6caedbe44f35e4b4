package io.meshbridge.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.TextOutputCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That brokers take what it says is seen by the integration tests. */
class FileCredentialsTest {
  private final FileCredentials credentials = new FileCredentials();

  @TempDir private Path folder;

  @Test
  void saysWhatStandsInTheFileNow() throws Exception {
    configure(Map.of("username", "east", "password-file", file().toString()));

    Files.writeString(file(), "first\n");
    assertThat(asked()).isEqualTo("east:first");

    Files.writeString(file(), "second");
    assertThat(asked()).isEqualTo("east:second");
  }

  @Test
  void saysWhichFileCannotBeRead() {
    configure(Map.of("username", "east", "password-file", file().toString()));

    assertThatThrownBy(this::asked)
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining(file().toString());
  }

  @Test
  void refusesAnEntryThatLacksAnOption() {
    assertThatThrownBy(() -> configure(Map.of("username", "east")))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("password-file");
    assertThatThrownBy(() -> configure(Map.of("password-file", file().toString())))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("username");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    configure(Map.of("username", "east", "password-file", file().toString()));
    var other = new TextOutputCallback(TextOutputCallback.INFORMATION, "?");

    assertThatThrownBy(() -> credentials.handle(new Callback[] {other}))
        .isInstanceOf(UnsupportedCallbackException.class);
  }

  private String asked() throws IOException, UnsupportedCallbackException {
    var name = new NameCallback("name");
    var password = new PasswordCallback("password", false);
    credentials.handle(new Callback[] {name, password});
    return name.getName() + ":" + String.valueOf(password.getPassword());
  }

  private void configure(Map<String, ?> options) {
    credentials.configure(
        Map.of(),
        "SCRAM-SHA-512",
        List.of(new AppConfigurationEntry("any", LoginModuleControlFlag.REQUIRED, options)));
  }

  private Path file() {
    return folder.resolve("password");
  }
}
