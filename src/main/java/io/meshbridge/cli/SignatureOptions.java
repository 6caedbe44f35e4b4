package io.meshbridge.cli;

import picocli.CommandLine.Option;

/** Who acts, and why: both are kept in the federation's audit trail. */
final class SignatureOptions {
  private static final int MOST_CHARACTERS = 300;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Why; it is kept in the audit trail, and shown where the act shows.")
  private String reason = "";

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who; kept in the audit trail. Default: the user, ${DEFAULT-VALUE}.")
  private String by = "";

  /** Both. */
  Signature signature() {
    requirePlain("--reason", reason);
    requirePlain("--by", by);
    return new Signature(by, reason);
  }

  /** Both, where nobody would understand the act without its reason. */
  Signature signatureWithReason() {
    if (reason.isBlank()) {
      throw new InvalidInputException("--reason: say why, for those who find the act later");
    }
    return signature();
  }

  private static void requirePlain(String option, String text) {
    boolean isPlain =
        text.length() <= MOST_CHARACTERS && text.chars().noneMatch(Character::isISOControl);
    if (!isPlain) {
      throw new InvalidInputException(
          option + ": must be one line of at most " + MOST_CHARACTERS + " characters");
    }
  }
}
