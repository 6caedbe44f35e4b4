package io.meshbridge.it.nativegap;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something that a bridge found by name, or used after it was found so, on a JVM.
 *
 * @param kind such as {@code class}, {@code use method}, {@code proxy} or {@code resource}
 * @param subject the class's or the resource's name; of a proxy, those of its interfaces
 * @param part the member's name, with parameters if it is a method; else empty
 * @param isPublic whether the member is
 * @param isOfJdk whether the class is one of the JDK's
 * @param callerClass who asked
 * @param callerMethod where it asked, with its descriptor
 * @param isConstant whether all that was asked for stands in the code
 * @param initializers the classes whose static initializers were under way
 */
record Access(
    String kind,
    String subject,
    String part,
    boolean isPublic,
    boolean isOfJdk,
    String callerClass,
    String callerMethod,
    boolean isConstant,
    List<String> initializers)
    implements Comparable<Access> {
  static final String LOOKUP = "lookup ";
  static final String USE = "use ";
  static final String SERVICE = "service";

  private static final int FIELDS = 8;
  private static final String PUBLIC = "public ";
  private static final Comparator<Access> ORDER =
      Comparator.comparing(Access::kind)
          .thenComparing(Access::subject)
          .thenComparing(Access::part)
          .thenComparing(Access::callerClass)
          .thenComparing(Access::callerMethod)
          .thenComparing(Access::isConstant)
          .thenComparing(access -> String.join(",", access.initializers()));

  /**
   * Reads a line of a record.
   *
   * @throws IllegalArgumentException if the recorder says that it has failed, or the line is none
   */
  static Access parse(String line) {
    var fields = line.split("\t", -1);
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException("expected " + FIELDS + " fields: " + line);
    }
    var part = fields[2];
    return new Access(
        fields[0],
        fields[1],
        part.startsWith(PUBLIC) ? part.substring(PUBLIC.length()) : part,
        part.startsWith(PUBLIC),
        fields[3].equals("jdk"),
        fields[4],
        fields[5],
        fields[6].equals("constant"),
        Stream.of(fields[7].split(",")).filter(name -> !name.isEmpty()).toList());
  }

  /** What has to be there, whoever asks. */
  String what() {
    return part.isEmpty() ? kind + " " + subject : kind + " " + subject + "#" + part;
  }

  /** Who asked: a method without its descriptor, and not the lambda in it. */
  String caller() {
    var name = callerMethod.substring(0, callerMethod.indexOf('('));
    if (name.startsWith("lambda$")) {
      int end = name.indexOf('$', "lambda$".length());
      name = name.substring("lambda$".length(), end < 0 ? name.length() : end);
    }
    return callerClass + "." + name;
  }

  /** That the same caller makes an object of a class. */
  Access instantiating(String className) {
    return new Access(
        USE + "constructor",
        className,
        "<init>()",
        true,
        false,
        callerClass,
        callerMethod,
        isConstant,
        initializers);
  }

  @Override
  public int compareTo(Access other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return what() + " by " + caller();
  }
}
