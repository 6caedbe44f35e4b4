package io.meshbridge.it;

import java.io.PrintStream;
import java.util.List;
import kafka.Kafka;
import kafka.tools.StorageTool;

/** The main class of a broker's own JVM: prepares its folder at the first start, then serves. */
final class BrokerMain {
  private BrokerMain() {}

  /**
   * Runs until it is killed.
   *
   * @param arguments the broker's properties file and the id of its cluster
   */
  public static void main(String[] arguments) {
    var properties = arguments[0];
    var clusterId = arguments[1];
    var format =
        List.of("format", "--ignore-formatted", "-t", clusterId, "-c", properties)
            .toArray(String[]::new);
    int exitCode = StorageTool.execute(format, new PrintStream(System.err, true));
    if (exitCode != 0) {
      System.exit(exitCode);
    }
    Kafka.main(new String[] {properties});
  }
}
