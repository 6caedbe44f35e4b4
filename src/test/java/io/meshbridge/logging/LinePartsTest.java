package io.meshbridge.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

class LinePartsTest {
  private static final String FORMAT = "import removed target=%s service=%s count=%d";
  private static final Object[] ARGUMENTS = {"west", "east/shop/web", 3};

  @Test
  void everyPartWithAKeyIsAField() {
    assertThat(LineParts.parts(FORMAT, ARGUMENTS))
        .containsExactly(
            entry("target", "west"), entry("service", "east/shop/web"), entry("count", "3"));
  }

  @Test
  void whatAnArgumentHoldsIsNoPart() {
    assertThat(LineParts.parts("%s 100%% topic=%s reason=%s", "odd", "t", "key=value other=%s"))
        .containsExactly(entry("topic", "t"), entry("reason", "key=value other=%s"));
  }

  @Test
  void theRecordOfALineGetsThemOnlyForJson() {
    assertThat(fields(true)).containsEntry("service", "east/shop/web");
    assertThat(fields(false)).isEmpty();
  }

  private static Map<String, String> fields(boolean json) {
    var line =
        new ExtLogRecord(
            Level.INFO, FORMAT, ExtLogRecord.FormatStyle.PRINTF, LinePartsTest.class.getName());
    line.setParameters(ARGUMENTS);
    assertThat(new LineParts(json).isLoggable(line)).isTrue();
    return line.getMdcCopy();
  }
}
