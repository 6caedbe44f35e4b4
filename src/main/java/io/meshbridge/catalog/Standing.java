package io.meshbridge.catalog;

/** How a service stands in the log. Only {@link Gone} is a cause to remove anything. */
public sealed interface Standing {
  /** It is offered. */
  record Present(ServiceState state) implements Standing {}

  /** It is offered no more, and the log says so. */
  record Gone(Cause cause) implements Standing {}

  /**
   * The log does not tell: it has not been read yet, has lost records, or says something that is
   * not understood. What stands stays.
   */
  record Unknown(String reason) implements Standing {}

  /** Why a service is gone. */
  enum Cause {
    /** Its mesh withdrew it in so many words. */
    WITHDRAWN,
    /** A complete snapshot of its mesh lacks it. */
    ABSENT_FROM_SNAPSHOT,
    /** The federation's operators retired its mesh. */
    MEMBER_RETIRED
  }
}
