package io.meshbridge.log;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.scram.ScramExtensionsCallback;

/**
 * A password for SASL/PLAIN and SASL/SCRAM that stands in a file, and is read whenever a connection
 * is made: it may change while the client lives. The JAAS entry names both:
 *
 * <pre>{@code
 * ...ScramLoginModule required username="meshbridge-east" password-file="/etc/.../password";
 * }</pre>
 *
 * <p>Kafka makes one for each client, by {@code sasl.client.callback.handler.class}.
 */
@RegisterForReflection
public final class FileCredentials implements AuthenticateCallbackHandler {
  private static final String USERNAME = "username";
  private static final String PASSWORD_FILE = "password-file";

  private Map<String, ?> options = Map.of();

  /**
   * Reads nothing yet.
   *
   * @throws KafkaException if the entry names no user or no file
   */
  @Override
  public void configure(
      Map<String, ?> configs, String saslMechanism, List<AppConfigurationEntry> jaas) {
    options = jaas.isEmpty() ? Map.of() : jaas.getFirst().getOptions();
    option(USERNAME);
    option(PASSWORD_FILE);
  }

  /**
   * Answers.
   *
   * @throws KafkaException if the file cannot be read
   */
  @Override
  public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
    for (Callback callback : callbacks) {
      switch (callback) {
        case NameCallback name -> name.setName(option(USERNAME));
        case PasswordCallback password ->
            password.setPassword(
                SecretFile.password(Path.of(option(PASSWORD_FILE))).value().toCharArray());
        // Of delegation tokens; a password has none.
        case ScramExtensionsCallback none -> none.extensions(Map.of());
        default -> throw new UnsupportedCallbackException(callback);
      }
    }
  }

  @Override
  public void close() {}

  private String option(String name) {
    return Optional.ofNullable(options.get(name))
        .map(String::valueOf)
        .orElseThrow(
            () ->
                new KafkaException(
                    "sasl.jaas.config has no option "
                        + name
                        + " for "
                        + getClass().getSimpleName()));
  }
}
