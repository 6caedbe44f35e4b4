package io.meshbridge.logging;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/** The lines that a class writes into the log, from now on. */
public final class LinesOf extends Handler {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final PatternFormatter message = new PatternFormatter("%s");
  private final Logger logger;

  public LinesOf(Class<?> owner) {
    this.logger = Logger.getLogger(owner.getName());
    logger.addHandler(this);
  }

  /** All so far. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void publish(LogRecord line) {
    lines.add(message.format(line));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
