package io.meshbridge.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.AddressRange;
import io.meshbridge.testkit.ModelGenerators;
import io.meshbridge.testkit.SeededRuns;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255",
    "10.1.2.3/8, 10.0.0.0",
    "10.1.2.3/32, 10.1.2.3",
    "0.0.0.0/0, 203.0.113.9",
    "192.168.4.0/22, 192.168.7.255",
    "fd00::/8, fdff::1",
    "::/0, 2001:db8::1",
    "2001:db8::/33, 2001:db8:7fff::1",
  })
  void containsWhatHasItsFirstBits(String range, String address) {
    assertThat(AddressRange.parse(range).orElseThrow().contains(address)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 11.0.0.0",
    "10.1.2.3/32, 10.1.2.4",
    "192.168.4.0/22, 192.168.8.0",
    "0.0.0.0/0, fd00::1",
    "::/0, 10.0.0.1",
    "2001:db8::/33, 2001:db8:8000::1",
    "10.0.0.0/8, host.test",
    "10.0.0.0/8, 10.1",
    "0.0.0.0/0, 999.1.1.1",
    "0.0.0.0/0, 1.2.3.4.5",
    "0.0.0.0/0, 1",
    "0.0.0.0/0, 010.0.0.1",
  })
  void doesNotContainWhatHasNotOrIsNoAddress(String range, String address) {
    assertThat(AddressRange.parse(range).orElseThrow().contains(address)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/",
        "/8",
        "fd00::/129",
        "host.test/8",
        "10.0.0/8",
        "999.0.0.0/8",
        "10.0.0.0/8/8",
        "fd00:::/8",
        "10.0.0.0/08x",
        ""
      })
  void isNotReadFromWhatIsNoBlock(String text) {
    assertThat(AddressRange.parse(text)).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> neverThrowsWhateverTheText() {
    return SeededRuns.of(300)
        .check(
            random -> {
              var any = new ModelGenerators(random);
              var everything = AddressRange.parse("::/0").orElseThrow();

              // Neither may throw, nor ask anybody: a lookup would take its time and fail the test.
              var text = any.hostileText();
              assertThat(everything.contains(text.replace(":", ""))).isFalse();
              assertThat(AddressRange.parse(text + "/200")).isEmpty();
            });
  }
}
