package io.meshbridge.adapter.linkerd;

import java.net.InetAddress;
import java.util.List;

/** Knows which addresses stand behind host names. Answers at once, from what it knows. */
@FunctionalInterface
interface HostAnswers {
  /** For files: what a host stands for is known only where it is called. */
  HostAnswers NONE = host -> new Answer.Unknown("only a live mesh resolves host names");

  Answer of(String host);

  /** What is known of a host. */
  sealed interface Answer {
    /**
     * It stands for these.
     *
     * @param addresses at least one
     */
    record Known(List<InetAddress> addresses) implements Answer {
      /** Copies. */
      public Known {
        addresses = List.copyOf(addresses);
      }
    }

    /** It never had an answer. */
    record Unknown(String reason) implements Answer {}
  }
}
