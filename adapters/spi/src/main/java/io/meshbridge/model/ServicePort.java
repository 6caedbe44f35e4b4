package io.meshbridge.model;

/**
 * A port that clients of a service call.
 *
 * @param name unique within its service; endpoints give their own number for this name
 * @param number 1 to 65535
 * @param protocol what is spoken there
 */
public record ServicePort(String name, int number, AppProtocol protocol) {
  /**
   * @throws IllegalArgumentException if the name is blank or the number out of range
   */
  public ServicePort {
    Checks.requireText("a port's name", name, 63);
    Checks.requireRange("port '" + name + "'", number, 1, 65_535);
  }
}
