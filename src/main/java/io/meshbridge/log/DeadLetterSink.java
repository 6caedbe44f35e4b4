package io.meshbridge.log;

import java.util.function.Consumer;

/** Takes dead letters, to be kept in the log. Neither blocks nor throws. */
@FunctionalInterface
public interface DeadLetterSink extends Consumer<DeadLetter> {}
