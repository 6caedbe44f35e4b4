package io.meshbridge.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordKeyTest {
  @Test
  void readsWhatItWroteWhateverTheNames() {
    var key = new RecordKey.Endpoints("a/b c", "100%+\u00e9~*", 12);

    assertThat(RecordKey.parse(key.text())).contains(key);
    assertThat(key.text()).isEqualTo("v1/endpoints/a%2Fb%20c/100%25%2B%C3%A9%7E*/12");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v1",
        "v2/descriptor",
        "v1/descriptor/",
        "v1/export/a",
        "v1/export/a/%zz",
        "v1/export/a/%61",
        "v1/export/a/b+c",
        "v1/endpoints/a/b/-1",
        "v1/endpoints/a/b/+1",
        "v1/endpoints/a/b/01",
        "v1/endpoints/a/b/99999999999"
      })
  void knowsNoKeyInAnyOtherSpelling(String text) {
    assertThat(RecordKey.parse(text)).isEmpty();
  }

  @Test
  void countsAllOfThisVersionButWhatChangesByTheClock() {
    assertThat(RecordKey.isCounted("v1/export/a/b")).isTrue();
    assertThat(RecordKey.isCounted("v1/gateways")).isTrue();
    assertThat(RecordKey.isCounted("v1/heartbeat")).isFalse();
    assertThat(RecordKey.isCounted("v1/snapshot")).isFalse();
    assertThat(RecordKey.isCounted("v2/export/a/b")).isFalse();
  }
}
