package io.meshbridge.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForbiddenRangeTest {

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, unspecified",
    "0.1.2.3, unspecified",
    "::, unspecified",
    "127.0.0.1, loopback",
    "127.255.255.254, loopback",
    "::1, loopback",
    "169.254.169.254, metadata",
    "169.254.170.2, metadata",
    "168.63.129.16, metadata",
    "100.100.100.200, metadata",
    "192.0.0.192, metadata",
    "fd00:ec2::254, metadata",
    "fd20:ce::254, metadata",
    "169.254.1.1, link-local",
    "fe80::1, link-local",
    "febf::1, link-local",
    "224.0.0.1, multicast",
    "239.255.255.255, multicast",
    "ff02::1, multicast",
    "255.255.255.255, broadcast",
  })
  void holdsWhatNobodyMayPublish(String address, String what) {
    assertThat(of(address)).hasValueSatisfying(range -> assertThat(range.inWords()).contains(what));
  }

  @ParameterizedTest
  @CsvSource({
    "::ffff:127.0.0.1, loopback",
    "::ffff:a9fe:a9fe, metadata",
    "0:0:0:0:0:ffff:7f00:1, loopback",
    "::127.0.0.1, loopback",
    "::ffff:0:127.0.0.1, loopback",
    "64:ff9b::a9fe:a9fe, metadata",
    "64:ff9b:1::7f00:1, loopback",
    "2002:a9fe:a9fe::1, metadata",
    "2002:7f00:1::, loopback",
  })
  void looksIntoAddressesThatLeadToOthers(String address, String what) {
    assertThat(of(address)).hasValueSatisfying(range -> assertThat(range.inWords()).contains(what));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1",
        "1.0.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "169.253.255.255",
        "169.255.0.0",
        "168.63.129.17",
        "223.255.255.255",
        "240.0.0.1",
        "255.255.255.254",
        "fd00::1",
        "fd00:ec3::254",
        "fec0::1",
        "2001:db8::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::1"
      })
  void holdsNothingElse(String address) {
    assertThat(of(address)).isEmpty();
  }

  @Test
  void looksIntoMappedAddressesOfNameServersToo() throws UnknownHostException {
    byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1};

    assertThat(ForbiddenRange.of(Inet6Address.getByAddress("evil.test", mapped, -1)))
        .map(ForbiddenRange::inWords)
        .contains("a loopback address");
  }

  private static Optional<ForbiddenRange> of(String address) {
    return ForbiddenRange.of(AddressRange.literal(address).orElseThrow());
  }
}
