package io.meshbridge.doctor;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The reference page of all traps, as Markdown. */
public final class TrapsPage {
  private static final String INTRODUCTION =
      """
      # What doctor looks for

      <!-- Generated from the code. Change the checks there, then run ./meshbridge docs doctor. -->

      `./meshbridge doctor -f FILES --from KIND` looks into the documents of a mesh,
      `./meshbridge doctor --config FILE` into a configuration and into its meshes, folders and live
      ones, which it reads once. Of a live mesh Secrets are never read.
      Each trap is something that looks right, that the mesh takes without complaint, and that then
      does not work, or not when meshes of different makes are joined. An `error` does not work as
      its owner thinks; a `warning` may not.
      """;

  private TrapsPage() {}

  /** All of the page. */
  public static String markdown(List<Trap> traps) {
    return INTRODUCTION
        + section("Istio", "istio", traps)
        + section("Linkerd", "linkerd", traps)
        + section("Consul", "consul", traps)
        + section("The configuration", "", traps);
  }

  private static String section(String title, String make, List<Trap> traps) {
    return "\n## "
        + title
        + "\n\n| trap | severity | what happens | what to do |\n|---|---|---|---|\n"
        + traps.stream()
            .filter(trap -> trap.make().equals(make))
            .map(TrapsPage::row)
            .collect(Collectors.joining());
  }

  private static String row(Trap trap) {
    return "| `%s` | %s | %s | %s |\n"
        .formatted(
            trap.id(),
            trap.severity().name().toLowerCase(Locale.ROOT),
            trap.danger(),
            trap.advice());
  }
}
