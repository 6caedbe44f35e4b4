package io.meshbridge.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MarksTest {

  @Test
  void areSpelledAsEachMakeCanHoldThem() {
    assertThat(Marks.KUBERNETES.export()).isEqualTo("meshbridge.io/export");
    assertThat(Marks.CONSUL.export()).isEqualTo("meshbridge-export").matches("[A-Za-z0-9_-]+");
    assertThat(Marks.CONSUL.address()).isEqualTo("meshbridge-address");
  }

  @Test
  void areNotPassedOnInAnySpelling() {
    var labels =
        Map.of("app", "web", Marks.KUBERNETES.export(), "true", Marks.CONSUL.of("path"), "west");

    assertThat(Marks.without(labels)).containsExactlyEntriesOf(Map.of("app", "web"));
  }

  @Test
  void areNotWhatOnlyResemblesThem() {
    assertThat(Marks.isMark("meshbridge.io")).isFalse();
    assertThat(Marks.isMark("my.meshbridge.io/export")).isFalse();
    assertThat(Marks.isMark("meshbridge.io/export")).isTrue();
  }
}
