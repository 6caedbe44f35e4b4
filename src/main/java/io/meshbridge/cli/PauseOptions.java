package io.meshbridge.cli;

import io.meshbridge.model.Member;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.orders.Order;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/** What is paused or resumed. */
final class PauseOptions {
  @Parameters(index = "0", paramLabel = "MESH", description = "The mesh that imports.")
  private String mesh = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "SERVICE",
      defaultValue = "",
      description = "A single import, by its service: MESH/NAMESPACE/NAME. Default: all.")
  private String service = "";

  /**
   * The order that says so.
   *
   * @throws InvalidInputException if it names what is not there
   */
  Order.Pause pause(List<Member> members) {
    Optional<ServiceKey> single =
        service.isEmpty() ? Optional.empty() : Optional.of(MemberNames.service(service, members));
    return new Order.Pause(MemberNames.mesh(mesh, members), single);
  }

  static String inWords(Order.Pause pause) {
    return pause.service().map(one -> "the import of " + one).orElse("all imports")
        + " in "
        + pause.target();
  }
}
