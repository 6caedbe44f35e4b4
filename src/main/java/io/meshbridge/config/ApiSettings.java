package io.meshbridge.config;

import static io.meshbridge.spi.SettingSpec.Type.BOOLEAN;
import static io.meshbridge.spi.SettingSpec.Type.PATH;
import static io.meshbridge.spi.SettingSpec.Type.TEXT;
import static io.meshbridge.spi.SettingSpec.optional;

import io.meshbridge.spi.InvalidSettingsException.Fault;
import io.meshbridge.spi.SettingSpec;
import io.meshbridge.spi.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** The settings of the door: who may do what over REST and gRPC. */
public final class ApiSettings {
  private static final String READ_REQUIRES_CREDENTIAL = "api.read-requires-credential";
  private static final String OPERATOR_TOKEN = "api.operator-token-file";
  private static final String VIEWER_TOKEN = "api.viewer-token-file";
  private static final String SOCKET = "api.socket";
  private static final String CERTIFICATE = "api.tls.certificate";
  private static final String KEY = "api.tls.key";
  private static final String CLIENT_CA = "api.tls.client-ca";
  private static final String OPERATOR_CERTIFICATES = "api.operator-certificates";
  private static final String VIEWER_CERTIFICATES = "api.viewer-certificates";

  /** All of them. */
  static final List<SettingSpec> SPECS =
      Stream.concat(ownSpecs().stream(), OidcSettings.SPECS.stream()).toList();

  private ApiSettings() {}

  private static List<SettingSpec> ownSpecs() {
    return List.of(
        optional(
            READ_REQUIRES_CREDENTIAL,
            BOOLEAN,
            "false",
            "Whether REST below `/api` and gRPC tell anything to somebody who shows no"
                + " credential. Health, metrics and `/q/openapi` always answer. Changes always"
                + " need a credential of an operator."),
        optional(
            OPERATOR_TOKEN,
            PATH,
            "",
            "A file with a token of at least 32 bytes; whoever shows it (`Authorization: Bearer"
                + " ...`) is operator. Read again when it changes."),
        optional(VIEWER_TOKEN, PATH, "", "Likewise for viewers."),
        optional(
            SOCKET,
            PATH,
            "",
            "A Unix domain socket on which REST and gRPC answer too; made at the start, for its"
                + " owner only (0600). Whoever may open it is operator."),
        optional(
            CERTIFICATE,
            PATH,
            "",
            "The certificate chain, in PEM, with which the port `quarkus.http.ssl-port` (8443)"
                + " speaks TLS. Read again every minute."),
        optional(KEY, PATH, "", "The private key of that certificate, in PEM."),
        optional(
            CLIENT_CA,
            PATH,
            "",
            "The certificates, in PEM, to which certificates of clients must chain. On that port"
                + " clients may then show one."),
        optional(
            OPERATOR_CERTIFICATES,
            TEXT,
            "",
            "The names in client certificates whose holders are operators, with commas between:"
                + " DNS names or URIs such as `spiffe://east/ns/ops/sa/console`; of a certificate"
                + " that has neither, its common name."),
        optional(VIEWER_CERTIFICATES, TEXT, "", "Likewise of viewers."));
  }

  /** What the door is told; nobody may do anything if it is told something that is wrong. */
  public static ApiConfig read(Config config) {
    var faults = new ArrayList<Fault>();
    var values =
        new ConfiguredKeys(config).values(BridgeSettings.PREFIX, Set.of(), SPECS, faults::add);
    var checked = ConfigLoader.check(BridgeSettings.PREFIX, SPECS, values, faults);
    checked.ifPresent(settings -> check(settings, faults::add));
    return checked
        .filter(ignored -> faults.isEmpty())
        .map(ApiSettings::of)
        .orElse(ApiConfig.CLOSED);
  }

  /** Tells what contradicts itself. */
  static void check(Settings settings, Consumer<Fault> faults) {
    if (settings.path(CERTIFICATE).isPresent() != settings.path(KEY).isPresent()) {
      faults.accept(fault(KEY, "and " + key(CERTIFICATE) + " go together: give both or none"));
    }
    boolean takesCertificates =
        settings.path(CLIENT_CA).isPresent() && settings.path(CERTIFICATE).isPresent();
    for (String names : List.of(OPERATOR_CERTIFICATES, VIEWER_CERTIFICATES)) {
      if (settings.text(names).isPresent() && !takesCertificates) {
        faults.accept(
            fault(
                names,
                "nobody can show a certificate: give "
                    + key(CERTIFICATE)
                    + ", "
                    + key(KEY)
                    + " and "
                    + key(CLIENT_CA)
                    + " too"));
      }
    }
    OidcSettings.check(settings, faults);
    var config = of(settings);
    if (config.readingNeedsCredential() && !config.hasCredentials()) {
      faults.accept(
          fault(
              READ_REQUIRES_CREDENTIAL,
              "nobody could read: give a credential too, such as " + key(VIEWER_TOKEN)));
    }
  }

  private static ApiConfig of(Settings settings) {
    return new ApiConfig(
        settings.flag(READ_REQUIRES_CREDENTIAL),
        settings.path(OPERATOR_TOKEN),
        settings.path(VIEWER_TOKEN),
        settings.path(SOCKET),
        names(settings, OPERATOR_CERTIFICATES),
        names(settings, VIEWER_CERTIFICATES),
        OidcSettings.of(settings));
  }

  /** The texts of one setting, between its commas; sorted. */
  static Set<String> names(Settings settings, String key) {
    var names = new TreeSet<String>();
    for (String name : settings.text(key).orElse("").split(",", -1)) {
      if (!name.isBlank()) {
        names.add(name.strip());
      }
    }
    return names;
  }

  /** A fault of one of our own keys. */
  static Fault fault(String key, String message) {
    return new Fault(key(key), message);
  }

  private static String key(String key) {
    return BridgeSettings.PREFIX + key;
  }
}
