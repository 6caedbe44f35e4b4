package io.meshbridge.it.nativegap.agent;

import java.lang.reflect.Member;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What noted calls call. Static, and with a variable, because code that was made for another
 * purpose has no other way to a common place.
 */
public final class Recorder {
  private static final StackWalker STACK = StackWalker.getInstance();
  // Calls that were seen outside of every static initializer: no more can be learned of them.
  private static final Set<String> SEEN_RUNNING = ConcurrentHashMap.newKeySet();

  private static volatile Journal journal;

  private Recorder() {}

  static void writeTo(Journal theirs) {
    journal = theirs;
  }

  /**
   * A watched call.
   *
   * @param result what it answered; null if it is noted before that, or found nothing
   * @param operands the receiver, if it has one, and the arguments; null in place of a number
   * @param watched the name of one of {@link Watched}
   * @param constant whether all operands stand in the code
   */
  public static void note(
      Object result,
      Object[] operands,
      String watched,
      String callerClass,
      String callerMethod,
      boolean constant) {
    try {
      for (Found found : found(Watched.valueOf(watched), result, operands)) {
        note(found, callerClass, callerMethod, constant);
      }
    } catch (RuntimeException unusual) {
      journal.writeFailure(watched + " in " + callerClass, unusual);
    }
  }

  private static void note(Found found, String callerClass, String callerMethod, boolean constant) {
    var key = String.join(" ", found.line(), callerClass, callerMethod, "" + constant);
    if (SEEN_RUNNING.contains(key)) {
      return;
    }
    var initializers = initializersOnTheStack();
    if (initializers.isEmpty()) {
      SEEN_RUNNING.add(key);
    }
    journal.write(
        found.kind(),
        found.subject(),
        found.part(),
        found.isOfJdk() ? "jdk" : "",
        callerClass,
        callerMethod,
        constant ? "constant" : "",
        String.join(",", initializers));
  }

  /** A native executable has most static initializers behind it when it is built. */
  private static List<String> initializersOnTheStack() {
    return STACK.walk(
        frames ->
            frames
                .filter(frame -> frame.getMethodName().equals("<clinit>"))
                .map(StackWalker.StackFrame::getClassName)
                .distinct()
                .toList());
  }

  private static List<Found> found(Watched watched, Object result, Object[] operands) {
    return switch (watched) {
      case CLASS, LOADED_CLASS -> result instanceof Class<?> type ? Found.type(type) : List.of();
      case MEMBER -> result instanceof Member member ? Found.member("lookup", member) : List.of();
      case METHODS,
          DECLARED_METHODS,
          FIELDS,
          DECLARED_FIELDS,
          CONSTRUCTORS,
          DECLARED_CONSTRUCTORS,
          RECORD_COMPONENTS ->
          Found.list(watched, (Class<?>) operands[0]);
      case INSTANTIATION -> Found.instantiation((Class<?>) operands[0]);
      case INVOCATION, CONSTRUCTION, FIELD_ACCESS -> Found.member("use", (Member) operands[0]);
      case UNREFLECTED -> Found.member("use", (Member) operands[1]);
      case HANDLE -> Found.handle(operands);
      case PROXY -> Found.proxy((Class<?>[]) operands[1]);
      case RESOURCE_OF_CLASS ->
          result == null ? List.of() : Found.resource((Class<?>) operands[0], (String) operands[1]);
      case RESOURCE -> Found.resource(result, operands);
      case SERVICE -> Found.service(operands);
      case BUNDLE -> Found.bundle((String) operands[0]);
      case WRITTEN_OBJECT -> Found.serialized(operands[1]);
      case READ_OBJECT -> Found.serialized(result);
    };
  }
}
