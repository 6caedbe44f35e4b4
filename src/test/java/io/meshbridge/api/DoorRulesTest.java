package io.meshbridge.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoorRulesTest {
  @ParameterizedTest
  @CsvSource({
    // reading needs, has credentials, caller, needed, refused
    "false, false, nobody,   viewer,   ",
    "false, false, nobody,   operator, FORBIDDEN",
    "false, true,  nobody,   viewer,   ",
    "false, true,  nobody,   operator, UNAUTHENTICATED",
    "false, true,  viewer,   operator, FORBIDDEN",
    "false, true,  operator, operator, ",
    "false, true,  roleless, viewer,   ",
    "false, true,  roleless, operator, FORBIDDEN",
    "true,  true,  roleless, viewer,   FORBIDDEN",
    "true,  true,  nobody,   viewer,   UNAUTHENTICATED",
    "true,  true,  viewer,   viewer,   ",
    "true,  true,  operator, viewer,   ",
    "true,  false, nobody,   viewer,   FORBIDDEN"
  })
  void letsInWhoMay(
      boolean readingNeeds, boolean hasCredentials, String who, String needed, String refused) {
    var refusal = new DoorRules(readingNeeds, hasCredentials).refusal(caller(who), role(needed));

    assertThat(refusal.map(why -> why.kind().name()).orElse(null)).isEqualTo(refused);
  }

  private static Caller caller(String who) {
    return switch (who) {
      case "nobody" -> Caller.NOBODY;
      case "roleless" -> new Caller("anna", Optional.empty());
      default -> new Caller("anna", role(who));
    };
  }

  private static Role role(String word) {
    return word.equals("viewer") ? Role.VIEWER : Role.OPERATOR;
  }
}
