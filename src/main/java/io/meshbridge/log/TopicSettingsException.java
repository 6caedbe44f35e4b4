package io.meshbridge.log;

import java.util.List;
import java.util.stream.Collectors;

/** Topics of the federation exist with settings under which the log would lose or keep too much. */
public final class TopicSettingsException extends Exception {
  /**
   * One wrong setting.
   *
   * @param topic whose
   * @param setting its name
   * @param value what it is
   * @param expected what it must be
   * @param remedy what to do about it
   */
  public record Fault(String topic, String setting, String value, String expected, String remedy) {
    private String text() {
      return "topic %s: %s is '%s', but must be %s; %s"
          .formatted(topic, setting, value, expected, remedy);
    }
  }

  private final transient List<Fault> faults;

  /** With all faults of all topics. */
  public TopicSettingsException(List<Fault> faults) {
    super(faults.stream().map(Fault::text).collect(Collectors.joining("\n")));
    this.faults = List.copyOf(faults);
  }

  /** All of them; at least one. */
  public List<Fault> faults() {
    return faults;
  }
}
