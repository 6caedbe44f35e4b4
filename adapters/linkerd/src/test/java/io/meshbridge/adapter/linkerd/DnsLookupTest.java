package io.meshbridge.adapter.linkerd;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.adapter.kubernetes.Addresses;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import org.xbill.DNS.config.PropertyResolverConfigProvider;
import org.xbill.DNS.hosts.HostsFileParser;
import org.xbill.DNS.lookup.LookupSession;

class DnsLookupTest {
  private static final Name DB = Name.fromConstantString("db.example.com.");

  @TempDir private Path folder;
  private NameServer server;
  private HostLookup lookup;

  @BeforeEach
  void startServer() throws Exception {
    server = new NameServer();
    var hosts = folder.resolve("hosts");
    Files.writeString(hosts, "10.7.0.1 pinned.example.com\n2001:db8::7 pinned.example.com\n");
    var resolver = new SimpleResolver(server.address());
    resolver.setTimeout(Duration.ofSeconds(2));
    lookup =
        new DnsLookup(
            () ->
                LookupSession.builder()
                    .resolver(resolver)
                    .hostsFileParser(new HostsFileParser(hosts))
                    .build());
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void findsAddressesOfBothVersionsWithTheShortestTimeToLive() throws Exception {
    server.add(new ARecord(DB, DClass.IN, 60, ip("10.0.0.1")));
    server.add(new ARecord(DB, DClass.IN, 60, ip("10.0.0.2")));
    server.add(new AAAARecord(DB, DClass.IN, 30, ip("2001:db8::1")));

    var result = lookup.lookup("db.example.com");

    assertThat(result)
        .isInstanceOfSatisfying(
            HostLookup.Result.Found.class,
            found -> {
              assertThat(found.addresses())
                  .containsExactlyInAnyOrder(ip("10.0.0.1"), ip("10.0.0.2"), ip("2001:db8::1"));
              assertThat(found.timeToLive()).isEqualTo(Duration.ofSeconds(30));
            });
  }

  @Test
  void asksTheNameServersThatAreConfiguredNow() throws Exception {
    var machine = new DnsLookup();
    try (var other = new NameServer()) {
      server.add(new ARecord(DB, DClass.IN, 60, ip("10.0.0.1")));
      other.add(new ARecord(DB, DClass.IN, 60, ip("10.0.0.2")));

      configure(server);
      assertThat(machine.lookup("db.example.com")).isEqualTo(found("10.0.0.1"));

      configure(other);
      assertThat(machine.lookup("db.example.com")).isEqualTo(found("10.0.0.2"));
    } finally {
      System.clearProperty(PropertyResolverConfigProvider.DNS_SERVER_PROP);
    }
  }

  private static void configure(NameServer server) {
    var address = server.address();
    System.setProperty(
        PropertyResolverConfigProvider.DNS_SERVER_PROP,
        address.getAddress().getHostAddress() + ":" + address.getPort());
  }

  private static HostLookup.Result found(String address) throws Exception {
    return new HostLookup.Result.Found(List.of(ip(address)), Duration.ofSeconds(60));
  }

  @Test
  void oneVersionOfIpIsEnough() throws Exception {
    server.add(new ARecord(DB, DClass.IN, 60, ip("10.0.0.1")));

    assertThat(lookup.lookup("db.example.com")).isInstanceOf(HostLookup.Result.Found.class);
  }

  @Test
  void halfAnAnswerIsNone() throws Exception {
    server.add(new ARecord(DB, DClass.IN, 60, ip("10.0.0.1")));
    server.failFor(Type.AAAA);

    assertThat(lookup.lookup("db.example.com")).isInstanceOf(HostLookup.Result.Failed.class);
  }

  @Test
  void saysThatNobodyKnowsTheHost() throws Exception {
    assertThat(lookup.lookup("gone.example.com"))
        .isInstanceOfSatisfying(
            HostLookup.Result.Failed.class,
            failed -> assertThat(failed.reason()).contains("gone.example.com"));
  }

  @Test
  void looksIntoTheHostsFileFirst() throws Exception {
    assertThat(lookup.lookup("pinned.example.com"))
        .isInstanceOfSatisfying(
            HostLookup.Result.Found.class,
            found ->
                assertThat(found.addresses())
                    .containsExactlyInAnyOrder(ip("10.7.0.1"), ip("2001:db8::7")));
  }

  @Test
  void refusesWhatIsNoName() throws Exception {
    assertThat(lookup.lookup("a..b")).isInstanceOf(HostLookup.Result.Failed.class);
  }

  private static InetAddress ip(String text) {
    return Addresses.ipOf(text).orElseThrow();
  }
}
