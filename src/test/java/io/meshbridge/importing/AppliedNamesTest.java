package io.meshbridge.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.ServiceKey;
import org.junit.jupiter.api.Test;

class AppliedNamesTest {
  private static final ServiceKey WEB = Worlds.key(Worlds.A, "web");
  private static final ServiceKey API = Worlds.key(Worlds.B, "api");

  private final AppliedNames names = new AppliedNames();

  @Test
  void knowsWhoStandsUnderAName() {
    names.put("web", WEB);

    assertThat(names.holder("web")).contains(WEB);
    assertThat(names.holder("api")).isEmpty();
  }

  @Test
  void letsGoOfTheFormerName() {
    names.put("web", WEB);
    names.put("web-2", WEB);

    assertThat(names.holder("web")).isEmpty();
    assertThat(names.holder("web-2")).contains(WEB);
  }

  @Test
  void doesNotTakeANameFromItsNewHolderWhenTheFormerOneLeaves() {
    names.put("web", WEB);
    names.put("web", API);

    names.remove(WEB);

    assertThat(names.holder("web")).contains(API);
  }
}
